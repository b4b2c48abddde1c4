//! The whole chain, from a lesson to a verified certificate.

use crate::support::World;

#[tokio::test]
async fn smoke() {
    let t0 = std::time::Instant::now();
    let world = World::new().await;
    eprintln!("world {:?}", t0.elapsed());
    world.make_ready(&world.ana).await;
    eprintln!("ready {:?}", t0.elapsed());
    let number = world.certify(&world.ana).await;
    eprintln!("certified {number} {:?}", t0.elapsed());
    let t1 = std::time::Instant::now();
    world.app.services.hash("492751").await.expect("a hash");
    eprintln!("hash {:?}", t1.elapsed());
    assert!(world.app.services.verify_ledger().await.expect("read").findings.is_empty());
}
