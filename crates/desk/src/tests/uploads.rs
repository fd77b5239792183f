//! Pictures over HTTP: how large, and what a key stands for.

use axum::{
    body::Body,
    http::{Request, header},
};
use image::{DynamicImage, ImageFormat, RgbImage};
use testing::Reply;

use super::Scene;

/// A picture that no encoder makes small.
pub(super) fn noisy(width: u32, height: u32) -> Vec<u8> {
    let mut state = 1u32;
    let picture = RgbImage::from_fn(width, height, |_, _| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let [a, b, c, _] = state.to_be_bytes();
        image::Rgb([a, b, c])
    });
    let mut bytes = std::io::Cursor::new(Vec::new());
    DynamicImage::ImageRgb8(picture).write_to(&mut bytes, ImageFormat::Png).unwrap();
    bytes.into_inner()
}

async fn upload(scene: &Scene, token: &str, key: Option<&str>, file: &[u8]) -> Reply {
    let mut body = b"--b\r\ncontent-disposition: form-data; name=\"file\"; filename=\"a.png\"\r\n\r\n".to_vec();
    body.extend_from_slice(file);
    body.extend_from_slice(b"\r\n--b--\r\n");
    let request = Request::post("/api/v1/evidence")
        .header(header::AUTHORIZATION, format!("Bearer {token}"))
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=b");
    let request = match key {
        Some(key) => request.header("idempotency-key", key),
        None => request,
    };
    scene.world.send(request.body(Body::from(body)).unwrap()).await
}

#[tokio::test]
async fn a_picture_may_have_ten_megabytes_and_one_byte_more_is_too_many() {
    const MOST: usize = 10 * 1024 * 1024;
    let mut scene = Scene::new().await;
    let desk = scene.desk().await;
    let token = scene.world.token(&desk).await;
    let mut file = noisy(1000, 1000);
    assert!(file.len() > 2 * 1024 * 1024 && file.len() < MOST, "{}", file.len());
    // What follows the picture is not looked at.
    file.resize(MOST, 0);
    upload(&scene, &token, Some("b"), &file).await.is(201);
    file.push(0);
    let refused = upload(&scene, &token, Some("c"), &file).await;
    assert!(matches!(refused.status.as_u16(), 413 | 422), "{}", refused.text());
}

#[tokio::test]
async fn r10_the_key_of_an_upload_stands_for_its_content() {
    let mut scene = Scene::new().await;
    let desk = scene.desk().await;
    let token = scene.world.token(&desk).await;
    let (one, other) = (noisy(20, 20), noisy(21, 20));
    let first = upload(&scene, &token, Some("key"), &one).await.is(201).json();
    assert_eq!(upload(&scene, &token, Some("key"), &one).await.json(), first);
    assert_eq!(upload(&scene, &token, Some("key"), &other).await.is(422).json()["code"], "key_reused");
    let keyless = upload(&scene, &token, None, &other).await.is(400).json();
    assert_eq!(keyless["errors"][0]["code"], "key_needed");
}

#[tokio::test]
async fn a_small_file_of_many_pixels_is_refused_before_it_is_decoded() {
    let mut scene = Scene::new().await;
    let desk = scene.desk().await;
    let token = scene.world.token(&desk).await;
    let mut bytes = std::io::Cursor::new(Vec::new());
    let deep = image::ImageBuffer::<image::Rgba<u16>, Vec<u16>>::new(5200, 5200);
    DynamicImage::ImageRgba16(deep).write_to(&mut bytes, ImageFormat::Png).unwrap();
    let refused = upload(&scene, &token, Some("deep"), bytes.get_ref()).await.is(422).json();
    assert_eq!(refused["errors"][0]["code"], "picture_pixels");
}
