//! For `./x bench`: a bare route under the same layers as the product, to compare with. Not part of the product.

use axum::Router;
use axum::routing::get;
use server::cli::Place;
use server::http::context::{Shared, State};
use server::http::cookies::Names;
use server::http::limits::Addresses;
use server::http::router::layered;
use std::net::SocketAddr;
use std::sync::Arc;

#[tokio::main(flavor = "multi_thread", worker_threads = 4)]
async fn main() -> anyhow::Result<()> {
    let folder = std::env::args().nth(1).unwrap_or_else(|| "data-hello".to_owned());
    let services = Place { data_dir: folder.into(), database_url: None }.open(None).await?;
    let state = State(Arc::new(Shared {
        services,
        insecure: false,
        behind_proxy: false,
        cookies: Names::new(false),
        addresses: Addresses::default(),
    }));
    let app = layered(Router::new().route("/hello", get(|| async { "hello\n" })), state);
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    println!("listening on http://{}", listener.local_addr()?);
    axum::serve(listener, app.into_make_service_with_connect_info::<SocketAddr>()).await?;
    Ok(())
}
