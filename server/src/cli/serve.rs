//! `orienta serve`.

use super::{End, Place};
use crate::demo;
use crate::http::context::{Shared, State};
use crate::http::cookies::Names;
use crate::http::limits::Addresses;
use crate::http::router::router;
use crate::jobs;
use anyhow::{Context as _, bail};
use clap::Args;
use std::net::SocketAddr;
use std::sync::Arc;
use tokio::net::TcpListener;

/// Serves the product.
#[derive(Debug, Args)]
pub struct Serve {
    #[command(flatten)]
    place: Place,
    /// Address and port to listen on; port 0 takes a free one.
    #[arg(long, env = "ORIENTA_ADDR", default_value = "127.0.0.1:3000")]
    addr: SocketAddr,
    /// Public address for QR codes, for example https://orienta.example; without it no certificate is issued.
    #[arg(long, env = "ORIENTA_PUBLIC_URL")]
    public_url: Option<String>,
    /// Fill an empty database with the demo programme first; its PINs are known to everybody.
    #[arg(long)]
    demo: bool,
    /// Allow --demo at an address that is not loopback.
    #[arg(long)]
    demo_public: bool,
    /// A proxy stands in front: take the client's address from what it adds to X-Forwarded-For.
    #[arg(long)]
    behind_proxy: bool,
    /// Allow plain http at an address that is not loopback, where a proxy does not add TLS: sign-in can be overheard.
    #[arg(long)]
    insecure_http: bool,
}

impl Serve {
    /// Runs until it is told to stop, then answers what is under way.
    ///
    /// # Errors
    /// One clear sentence.
    pub async fn run(self) -> anyhow::Result<End> {
        let loopback = self.addr.ip().is_loopback();
        if !loopback && !self.insecure_http {
            bail!(
                "sign-in needs TLS: listen on a loopback address behind a proxy that speaks https, or say --insecure-http and know that PINs can be overheard"
            );
        }
        if self.demo && !loopback && !self.demo_public {
            bail!("the demo's PINs are known to everybody: --demo at {} needs --demo-public", self.addr);
        }
        let listener = TcpListener::bind(self.addr).await.with_context(|| {
            format!("cannot listen on {}: is the port in use? Stop the other program or choose another port with --addr", self.addr)
        })?;
        let address = listener.local_addr()?;
        let public_url = self.public_url.clone().or_else(|| (self.demo && loopback).then(|| format!("http://{address}")));
        let services = self.place.open(public_url).await?;
        if self.demo {
            demo::fill(&services).await?;
        }
        super::curriculum::load_embedded(&services).await?;
        let shared = Shared {
            insecure: !loopback,
            behind_proxy: self.behind_proxy,
            cookies: Names::new(!loopback),
            addresses: Addresses::default(),
            services: services.clone(),
        };
        tokio::spawn(jobs::run(services));
        println!("listening on http://{address}");
        if self.demo {
            demo::print_sign_ins();
        }
        let app = router(State(Arc::new(shared))).into_make_service_with_connect_info::<SocketAddr>();
        axum::serve(listener, app).with_graceful_shutdown(stop()).await?;
        Ok(End::Done)
    }
}

/// Waits for Ctrl-C or the service manager.
async fn stop() {
    let interrupt = tokio::signal::ctrl_c();
    #[cfg(unix)]
    let terminate = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => drop(signal.recv().await),
            Err(_) => std::future::pending().await,
        }
    };
    #[cfg(not(unix))]
    let terminate = std::future::pending::<()>();
    tokio::select! {
        _ = interrupt => {}
        () = terminate => {}
    }
}
