//! What can be set: on the command line, or by the environment as `ANJU_…`.

use std::{net::SocketAddr, path::PathBuf};

use clap::{Args, Parser, Subcommand};
use values::Moment;

/// 安居: the property-service platform.
#[derive(Debug, Parser)]
#[command(name = "anju", version, about = "Anju 安居, the property-service platform", disable_help_subcommand = true)]
pub struct Anju {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Runs the program; brings the database up to date first
    Serve(Serve),
    /// Serves a synthetic community with weeks of history; loopback only
    Demo {
        #[command(flatten)]
        serve: Serve,
        /// The same seed makes the same community
        #[arg(long, default_value_t = 20_260_812)]
        seed: u64,
    },
    /// The company and its system administrator, once
    Init {
        #[command(flatten)]
        place: Place,
        /// The company's name
        #[arg(long)]
        company: String,
        /// The administrator's log-in name
        #[arg(long, value_name = "LOGIN")]
        admin: String,
        /// A file with the password, alone on its first line
        #[arg(long, value_name = "FILE")]
        password_file: PathBuf,
    },
    /// What is done at the box itself: sites, staff, roles, tokens, calendars
    Admin {
        #[command(subcommand)]
        act: Admin,
    },
    /// Every route with its method, rights, scope rule and audit event
    Routes {
        #[arg(long)]
        json: bool,
    },
    /// The description of the API (OpenAPI 3.1)
    Openapi,
    /// A list of homes or staff, in any shape, into the register; also beside a running server
    Import(Import),
    /// Is everything there and sound? Reads only; also beside a running server
    Check {
        #[command(flatten)]
        place: Place,
        #[arg(long)]
        json: bool,
        /// What the audit stood at before (`GET /api/v1/audit/head`)
        #[arg(long, value_name = "HEX")]
        head: Option<String>,
    },
    /// Everything in one sealed file; also beside a running server
    Backup(Archive),
    /// Opens a backup and checks what is in it; changes nothing
    Verify(Archive),
    /// Puts a backup in place of the data folder
    Restore(Archive),
}

#[derive(Clone, Debug, Args)]
pub struct Import {
    /// What the list is of
    #[arg(value_parser = ["homes", "staff"])]
    pub kind: String,
    pub file: PathBuf,
    /// The code of the site; may be left out while there is only one
    #[arg(long, value_name = "CODE")]
    pub site: Option<String>,
    /// Says what would be done, writes nothing
    #[arg(long)]
    pub dry_run: bool,
    #[arg(long)]
    pub json: bool,
    /// Nothing, when one row has an error; otherwise the rows without errors are taken
    #[arg(long)]
    pub all_or_nothing: bool,
    #[command(flatten)]
    pub place: Place,
}

#[derive(Clone, Debug, Args)]
pub struct Archive {
    pub file: PathBuf,
    #[command(flatten)]
    pub place: Place,
    /// Seal with the passphrase in this file instead of the key folder; the keys are then in the backup too
    #[arg(long, env = "ANJU_PASSPHRASE_FILE", value_name = "FILE")]
    pub passphrase_file: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
pub enum Admin {
    /// A new site (项目) with its seven departments
    AddSite {
        #[command(flatten)]
        place: Place,
        /// Capitals and digits: GYHY
        #[arg(long)]
        code: String,
        #[arg(long)]
        name: String,
        #[arg(long, default_value = "Asia/Shanghai")]
        zone: String,
    },
    /// Somebody on the staff of a site, with a log-in
    AddStaff {
        #[command(flatten)]
        place: Place,
        #[arg(long, value_name = "CODE")]
        site: String,
        #[arg(long)]
        name: String,
        /// CS, ENG, SEC, CLN, GRN, OPS or FIN
        #[arg(long)]
        department: String,
        #[arg(long)]
        post: String,
        #[arg(long)]
        login: String,
        #[arg(long, value_name = "FILE")]
        password_file: PathBuf,
    },
    /// An API token with all that the person may do; prints the token alone
    Token {
        #[command(flatten)]
        place: Place,
        #[arg(long)]
        login: String,
        #[arg(long, value_name = "N", value_parser = clap::value_parser!(i64).range(1..=366))]
        days: i64,
    },
    /// A new password for somebody who forgot theirs, also for the only administrator; every log-in of theirs ends
    ResetPassword {
        #[command(flatten)]
        place: Place,
        #[arg(long)]
        login: String,
        /// Its first line is the password
        #[arg(long)]
        password_file: PathBuf,
    },
    /// Lets somebody try to log in again at once
    Unlock {
        #[command(flatten)]
        place: Place,
        #[arg(long)]
        login: String,
    },
    /// A role, at a site or (without --site) for the company
    Grant {
        #[command(flatten)]
        place: Place,
        #[arg(long)]
        login: String,
        /// system_admin, security_admin, audit_admin, company_leader, site_manager, supervisor, desk, steward, technician, personnel
        #[arg(long)]
        role: String,
        #[arg(long, value_name = "CODE")]
        site: Option<String>,
    },
    /// How many log-in codes a day may cost: the company's, a site's or the strangers' budget
    SmsBudget {
        #[command(flatten)]
        place: Place,
        #[arg(long, value_name = "CODE")]
        site: Option<String>,
        /// Numbers that no home knows
        #[arg(long, conflicts_with = "site")]
        strangers: bool,
        /// Codes in 24 hours
        #[arg(long, value_name = "N", value_parser = clap::value_parser!(i64).range(0..))]
        most: i64,
    },
    /// The official working days of a year
    Calendar {
        #[command(flatten)]
        place: Place,
        /// {"year":2027,"off":[…],"statutory":[…],"working":[…]}
        file: PathBuf,
    },
}

/// Where everything lives.
#[derive(Clone, Debug, Args)]
pub struct Place {
    /// The data folder
    #[arg(long, env = "ANJU_DATA", default_value = "data", value_name = "DIR")]
    pub data: PathBuf,
    /// A PostgreSQL database instead of the embedded one: postgres://…
    #[arg(long, env = "ANJU_DATABASE_URL", value_name = "URL", hide_env_values = true)]
    pub database_url: Option<String>,
    /// The folder of the keys, instead of `keys` in the data folder
    #[arg(long, env = "ANJU_KEY_DIR", value_name = "DIR")]
    pub key_dir: Option<PathBuf>,
}

#[derive(Clone, Debug, Args)]
pub struct Serve {
    #[command(flatten)]
    pub place: Place,
    /// Address and port to listen on
    #[arg(long, env = "ANJU_LISTEN", default_value = "127.0.0.1:8080", value_name = "ADDR")]
    pub listen: SocketAddr,
    /// How people reach us, as in their browser: https://anju.example.cn
    #[arg(long, env = "ANJU_PUBLIC_URL", value_name = "URL")]
    pub public_url: Option<String>,
    /// Certificate and key (PEM files)
    #[arg(long, env = "ANJU_TLS", num_args = 2, value_names = ["CERT", "KEY"], value_delimiter = ' ', conflicts_with = "behind_proxy")]
    pub tls: Vec<PathBuf>,
    /// A proxy in front ends TLS and sets X-Forwarded-For
    #[arg(long, env = "ANJU_BEHIND_PROXY")]
    pub behind_proxy: bool,
    /// Free space (MiB) under which writing stops
    #[arg(long, env = "ANJU_WATERMARK", default_value_t = 256, value_name = "MIB")]
    pub watermark: u64,
    #[command(flatten)]
    pub limits: Limits,
    /// Where text messages go: see docs/sms-gateway.md
    #[arg(long, env = "ANJU_SMS_URL", value_name = "URL", requires = "sms_key_file")]
    pub sms_url: Option<String>,
    /// The key shared with the SMS gateway
    #[arg(long, env = "ANJU_SMS_KEY_FILE", value_name = "FILE")]
    pub sms_key_file: Option<PathBuf>,
    /// For tests: a movable clock that starts at this moment (RFC 3339); loopback only
    #[arg(long, env = "ANJU_TEST_CLOCK", value_name = "MOMENT")]
    pub test_clock: Option<Moment>,
    /// For tests: SMS, mail and payments go to a table
    #[arg(long, env = "ANJU_TEST_GATEWAYS")]
    pub test_gateways: bool,
}

/// What one peer may cost (R15).
#[derive(Clone, Debug, Args)]
pub struct Limits {
    /// Connections that one address may hold open; not asked behind a proxy, which holds them all
    #[arg(long, env = "ANJU_PEER_CONNECTIONS", default_value_t = 300, value_name = "N")]
    pub peer_connections: usize,
    /// How long the head of a request may take to arrive
    #[arg(long, env = "ANJU_HEAD_TIMEOUT", default_value_t = 10_000, value_name = "MILLISECONDS")]
    pub head_timeout: u64,
    /// How long the body of a request may be silent
    #[arg(long, env = "ANJU_BODY_TIMEOUT", default_value_t = 15_000, value_name = "MILLISECONDS")]
    pub body_timeout: u64,
}
