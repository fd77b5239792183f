//! R12 and R10: two at the same time.

use std::sync::Arc;

use axum::{
    body::Body,
    http::{Request, header},
};
use kernel::{Caller, House, orders};
use serde_json::json;
use tokio::sync::Barrier;

use super::{OrderId, Scene, code};

async fn grabs(house: House, caller: Caller, id: OrderId, start: Arc<Barrier>) -> String {
    start.wait().await;
    loop {
        let mut tx = house.begin(&caller).await.unwrap();
        match orders::grab(&mut tx, id).await {
            Err(kernel::Error::Db(db::DbError::Overtaken)) => {}
            Ok(_) => match tx.commit().await {
                Err(kernel::Error::Db(db::DbError::Overtaken)) => {}
                done => return code(done),
            },
            refused => return code(refused),
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_technicians_grab_one_order_and_one_of_them_gets_it() {
    let mut scene = Scene::new().await;
    let (desk, first, second) = (scene.desk().await, scene.technician("周强").await, scene.technician("吴磊").await);
    for round in 0..5 {
        let id = scene.reports(&desk, "water.leak", "3-1-1201").await;
        let start = Arc::new(Barrier::new(2));
        let (one, other) = (scene.caller(&first).await, scene.caller(&second).await);
        let tasks =
            [one, other].map(|caller| tokio::spawn(grabs(scene.world.house.clone(), caller, id, Arc::clone(&start))));
        let mut outcomes = Vec::new();
        for task in tasks {
            outcomes.push(task.await.unwrap());
        }
        outcomes.sort();
        assert_eq!(outcomes, ["done", "not_started"], "round {round}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sixteen_equal_calls_at_once_make_one_order_and_get_one_answer() {
    let mut scene = Scene::new().await;
    let desk = scene.desk().await;
    let token = scene.world.token(&desk).await;
    let body = json!({
        "site": "GYHY", "kind": "repair", "category": "water.leak", "urgency": "urgent", "place": "3-1-1201", "channel": "phone",
        "text": "厨房顶上滴水", "reporter": { "name": "王小华", "phone": "138 1234 5678" },
    });
    let call = || {
        let request = Request::post("/api/v1/orders")
            .header(header::AUTHORIZATION, format!("Bearer {token}"))
            .header(header::CONTENT_TYPE, "application/json")
            .header("idempotency-key", "one-report");
        scene.world.send(request.body(Body::from(body.to_string())).unwrap())
    };
    let (a, b, c, d) = tokio::join!(four(call), four(call), four(call), four(call));
    let answers: Vec<String> = [a, b, c, d].concat();
    assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:?}");
    let orders: i64 = scene.world.house.db().one("SELECT count(*) AS value FROM orders", ()).await.unwrap();
    assert_eq!((answers.len(), orders), (16, 1));
}

async fn four<F: Future<Output = testing::Reply>>(call: impl Fn() -> F) -> Vec<String> {
    let (a, b, c, d) = tokio::join!(call(), call(), call(), call());
    [a, b, c, d].map(|reply| reply.is(201).text()).to_vec()
}
