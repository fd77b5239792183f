use std::str::FromStr;

/// One thing that somebody may be allowed to do. Routes name the right they need; roles are bundles of rights.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Right {
    /// See homes, buildings, common parts.
    EstateRead,
    EstateEdit,
    EstateImport,
    /// See names and phones of residents in full (level 2).
    PeopleRead,
    PeopleEdit,
    /// Open a sealed value of level 3, with a reason.
    PeopleReveal,
    /// Approve that a phone belongs to a home; print slips.
    BindingApprove,
    StaffRead,
    StaffManage,
    GrantManage,
    OrderRead,
    /// Take in a report on behalf of somebody.
    OrderReport,
    /// Accept, answer, correct, merge, close, reopen.
    OrderDesk,
    OrderDispatch,
    /// Take, arrive, suspend, finish one's own orders.
    OrderWork,
    OrderSupervise,
    NoticeRead,
    NoticePublish,
    /// Export lists.
    Export,
    SettingsManage,
    AuditRead,
    SystemManage,
}

impl Right {
    pub const ALL: [Self; 22] = [
        Self::EstateRead,
        Self::EstateEdit,
        Self::EstateImport,
        Self::PeopleRead,
        Self::PeopleEdit,
        Self::PeopleReveal,
        Self::BindingApprove,
        Self::StaffRead,
        Self::StaffManage,
        Self::GrantManage,
        Self::OrderRead,
        Self::OrderReport,
        Self::OrderDesk,
        Self::OrderDispatch,
        Self::OrderWork,
        Self::OrderSupervise,
        Self::NoticeRead,
        Self::NoticePublish,
        Self::Export,
        Self::SettingsManage,
        Self::AuditRead,
        Self::SystemManage,
    ];
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::EstateRead => "estate_read",
            Self::EstateEdit => "estate_edit",
            Self::EstateImport => "estate_import",
            Self::PeopleRead => "people_read",
            Self::PeopleEdit => "people_edit",
            Self::PeopleReveal => "people_reveal",
            Self::BindingApprove => "binding_approve",
            Self::StaffRead => "staff_read",
            Self::StaffManage => "staff_manage",
            Self::GrantManage => "grant_manage",
            Self::OrderRead => "order_read",
            Self::OrderReport => "order_report",
            Self::OrderDesk => "order_desk",
            Self::OrderDispatch => "order_dispatch",
            Self::OrderWork => "order_work",
            Self::OrderSupervise => "order_supervise",
            Self::NoticeRead => "notice_read",
            Self::NoticePublish => "notice_publish",
            Self::Export => "export",
            Self::SettingsManage => "settings_manage",
            Self::AuditRead => "audit_read",
            Self::SystemManage => "system_manage",
        }
    }
}

/// The preset roles. A grant ties one to a person, a site (or the company) and perhaps a department, between two days.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Role {
    /// 系统管理员
    SystemAdmin,
    /// 安全管理员
    SecurityAdmin,
    /// 审计管理员
    AuditAdmin,
    /// 公司领导
    CompanyLeader,
    /// 项目经理
    SiteManager,
    /// 主管
    Supervisor,
    /// 前台
    Desk,
    /// 管家
    Steward,
    /// 技术员 and other front-line staff
    Technician,
    /// 人事行政
    Personnel,
}

impl Role {
    pub const ALL: [Self; 10] = [
        Self::SystemAdmin,
        Self::SecurityAdmin,
        Self::AuditAdmin,
        Self::CompanyLeader,
        Self::SiteManager,
        Self::Supervisor,
        Self::Desk,
        Self::Steward,
        Self::Technician,
        Self::Personnel,
    ];
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::SystemAdmin => "system_admin",
            Self::SecurityAdmin => "security_admin",
            Self::AuditAdmin => "audit_admin",
            Self::CompanyLeader => "company_leader",
            Self::SiteManager => "site_manager",
            Self::Supervisor => "supervisor",
            Self::Desk => "desk",
            Self::Steward => "steward",
            Self::Technician => "technician",
            Self::Personnel => "personnel",
        }
    }
    /// R02: administrators enrol a second factor before they see anything else.
    pub const fn needs_second_factor(self) -> bool {
        matches!(self, Self::SystemAdmin | Self::SecurityAdmin | Self::AuditAdmin)
    }
    pub const fn rights(self) -> &'static [Right] {
        use Right::{
            AuditRead, BindingApprove, EstateEdit, EstateImport, EstateRead, Export, GrantManage, NoticePublish,
            NoticeRead, OrderDesk, OrderDispatch, OrderRead, OrderReport, OrderSupervise, OrderWork, PeopleEdit,
            PeopleRead, PeopleReveal, SettingsManage, StaffManage, StaffRead, SystemManage,
        };
        match self {
            Self::SystemAdmin => &[
                SystemManage,
                SettingsManage,
                StaffRead,
                StaffManage,
                GrantManage,
                EstateRead,
                EstateEdit,
                EstateImport,
                PeopleRead,
                PeopleEdit,
                OrderRead,
                OrderReport,
                OrderDesk,
                OrderDispatch,
                NoticeRead,
                NoticePublish,
                Export,
                BindingApprove,
            ],
            Self::SecurityAdmin => &[GrantManage, StaffRead],
            Self::AuditAdmin => &[AuditRead],
            Self::CompanyLeader => &[EstateRead, PeopleRead, StaffRead, OrderRead, OrderSupervise, NoticeRead, Export],
            Self::SiteManager => &[
                EstateRead,
                EstateEdit,
                EstateImport,
                PeopleRead,
                PeopleEdit,
                PeopleReveal,
                BindingApprove,
                StaffRead,
                StaffManage,
                OrderRead,
                OrderReport,
                OrderDesk,
                OrderDispatch,
                OrderSupervise,
                NoticeRead,
                NoticePublish,
                Export,
                SettingsManage,
            ],
            Self::Supervisor => &[
                EstateRead,
                PeopleRead,
                StaffRead,
                OrderRead,
                OrderReport,
                OrderDispatch,
                OrderWork,
                OrderSupervise,
                NoticeRead,
                Export,
            ],
            Self::Desk => &[
                EstateRead,
                PeopleRead,
                PeopleEdit,
                PeopleReveal,
                BindingApprove,
                StaffRead,
                OrderRead,
                OrderReport,
                OrderDesk,
                OrderDispatch,
                NoticeRead,
                NoticePublish,
                Export,
            ],
            Self::Steward => {
                &[EstateRead, PeopleRead, PeopleEdit, BindingApprove, OrderRead, OrderReport, OrderDesk, NoticeRead]
            }
            Self::Technician => &[OrderWork, NoticeRead],
            Self::Personnel => &[StaffRead, StaffManage, NoticeRead, Export],
        }
    }
}

impl FromStr for Role {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|role| role.as_str() == text).ok_or(())
    }
}
impl FromStr for Right {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|right| right.as_str() == text).ok_or(())
    }
}
