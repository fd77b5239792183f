//! TLS of our own: rustls with ring, HTTP/2 and HTTP/1.1.

use std::{path::Path, sync::Arc};

use rustls::{
    ServerConfig,
    crypto::ring,
    pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject},
};
use tokio_rustls::TlsAcceptor;

use crate::exit::Failure;

/// From a chain of certificates and its key, both as PEM. Errors: `Environment`, naming the file.
pub fn acceptor(certificates: &Path, key: &Path) -> Result<TlsAcceptor, Failure> {
    let broken = |file: &Path, cause: &dyn std::fmt::Display| {
        Failure::environment(format!("{} cannot be used for TLS: {cause}", file.display()))
    };
    let chain = CertificateDer::pem_file_iter(certificates).and_then(Iterator::collect::<Result<Vec<_>, _>>);
    let chain = chain.map_err(|cause| broken(certificates, &cause))?;
    let key_der = PrivateKeyDer::from_pem_file(key).map_err(|cause| broken(key, &cause))?;
    let builder =
        ServerConfig::builder_with_provider(Arc::new(ring::default_provider())).with_safe_default_protocol_versions();
    let builder = builder.map_err(|cause| broken(certificates, &cause))?.with_no_client_auth();
    let mut config = builder.with_single_cert(chain, key_der).map_err(|cause| broken(certificates, &cause))?;
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok(TlsAcceptor::from(Arc::new(config)))
}
