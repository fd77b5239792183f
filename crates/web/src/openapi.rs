//! The API description, made from the table of routes.

use std::collections::HashMap;

use utoipa::{
    PartialSchema, ToSchema,
    openapi::{
        ComponentsBuilder, Content, HttpMethod, InfoBuilder, OpenApi, OpenApiBuilder, PathItem, PathsBuilder, Ref,
        RefOr, Required, ResponseBuilder, Schema,
        path::{OperationBuilder, Parameter, ParameterBuilder, ParameterIn},
        request_body::RequestBodyBuilder,
        security::{Http, HttpAuthScheme, SecurityRequirement, SecurityScheme},
    },
};

use crate::{Auth, Body, Door, Route};

type Named = (String, RefOr<Schema>);

/// What a machine sends and gets.
#[derive(Clone, Default)]
pub struct ApiDoc {
    summary: &'static str,
    input: Option<String>,
    /// Status and the name of its schema; no name is an empty answer.
    output: Option<(u16, Option<String>)>,
    query: Vec<(&'static str, RefOr<Schema>, &'static str)>,
    schemas: Vec<Named>,
    /// Neither JSON in nor out: a file.
    media: Option<&'static str>,
}

impl ApiDoc {
    pub fn new(summary: &'static str) -> Self {
        Self { summary, ..Self::default() }
    }
    fn add<T: ToSchema>(&mut self) -> String {
        let name = T::name().into_owned();
        self.schemas.push((name.clone(), T::schema()));
        T::schemas(&mut self.schemas);
        name
    }
    pub fn takes<T: ToSchema>(mut self) -> Self {
        self.input = Some(self.add::<T>());
        self
    }
    pub fn gives<T: ToSchema>(mut self, status: u16) -> Self {
        self.output = Some((status, Some(self.add::<T>())));
        self
    }
    pub fn gives_nothing(mut self, status: u16) -> Self {
        self.output = Some((status, None));
        self
    }
    /// One kind of file, or several with a comma and a space between.
    pub fn gives_file(mut self, media: &'static str) -> Self {
        self.output = Some((200, None));
        self.media = Some(media);
        self
    }
    pub fn query<T: PartialSchema>(mut self, name: &'static str, what: &'static str) -> Self {
        self.query.push((name, T::schema(), what));
        self
    }
}

/// problem+json, as every refusal of the API is answered.
#[derive(serde::Serialize, ToSchema)]
pub struct Problem {
    /// `about:blank`
    pub r#type: String,
    pub title: String,
    pub status: u16,
    pub detail: String,
    /// Stable, for programs.
    pub code: String,
    pub errors: Vec<ProblemField>,
    /// Quote this when you ask for help.
    pub request: String,
}

#[derive(serde::Serialize, ToSchema)]
pub struct ProblemField {
    pub field: String,
    pub code: String,
    pub message: String,
}

/// Names that stand for two different schemas: the later would silently replace the earlier in the description.
pub fn ambiguous(routes: &[Route]) -> Vec<String> {
    let mut known: HashMap<&str, &RefOr<Schema>> = HashMap::new();
    let all = routes.iter().filter_map(|route| route.api.as_ref()).flat_map(|doc| &doc.schemas);
    let clashes = all.filter(|(name, schema)| *known.entry(name).or_insert(schema) != schema);
    clashes.map(|(name, _)| name.clone()).collect()
}

pub fn describe(routes: &[Route]) -> OpenApi {
    let mut components = ComponentsBuilder::new();
    let mut problem = Vec::new();
    Problem::schemas(&mut problem);
    problem.push((Problem::name().into_owned(), Problem::schema()));
    let mut paths = PathsBuilder::new();
    for route in routes.iter().filter(|route| route.door == Door::Machine) {
        let Some(doc) = &route.api else { continue };
        for (name, schema) in doc.schemas.iter().cloned().chain(problem.clone()) {
            components = components.schema(name, schema);
        }
        paths = paths.path(route.path, PathItem::new(method(route), operation(route, doc)));
    }
    let token = SecurityScheme::Http(Http::new(HttpAuthScheme::Bearer));
    let info = InfoBuilder::new().title("Anju").version(env!("CARGO_PKG_VERSION")).build();
    OpenApiBuilder::new()
        .info(info)
        .paths(paths.build())
        .components(Some(components.security_scheme("token", token).build()))
        .build()
}

fn method(route: &Route) -> HttpMethod {
    match route.method.as_str() {
        "POST" => HttpMethod::Post,
        "PUT" => HttpMethod::Put,
        "DELETE" => HttpMethod::Delete,
        "PATCH" => HttpMethod::Patch,
        _ => HttpMethod::Get,
    }
}

fn operation(route: &Route, doc: &ApiDoc) -> utoipa::openapi::path::Operation {
    let mut operation = OperationBuilder::new().summary(Some(doc.summary)).operation_id(Some(operation_id(route)));
    for parameter in parameters(route, doc) {
        operation = operation.parameter(parameter);
    }
    if let Some(name) = &doc.input {
        let kind = if route.body == Body::Multipart { "multipart/form-data" } else { "application/json" };
        let content = Content::new(Some(Ref::from_schema_name(name)));
        operation = operation.request_body(Some(
            RequestBodyBuilder::new().content(kind, content).required(Some(Required::True)).build(),
        ));
    }
    if let Some((status, name)) = &doc.output {
        operation = operation.response(status.to_string(), success(doc, name.as_ref()));
    }
    for status in refusals(route) {
        let content = Content::new(Some(Ref::from_schema_name("Problem")));
        operation = operation.response(
            status,
            ResponseBuilder::new().description("refused").content("application/problem+json", content),
        );
    }
    if route.auth != Auth::Public {
        operation = operation.security(SecurityRequirement::new("token", Vec::<String>::new()));
    }
    operation.build()
}

fn success(doc: &ApiDoc, name: Option<&String>) -> ResponseBuilder {
    let response = ResponseBuilder::new().description("done");
    match (name, doc.media) {
        (Some(name), _) => response.content("application/json", Content::new(Some(Ref::from_schema_name(name)))),
        (None, Some(media)) => media
            .split(", ")
            .fold(response, |response, media| response.content(media, Content::new(None::<RefOr<Schema>>))),
        (None, None) => response,
    }
}

fn refusals(route: &Route) -> Vec<&'static str> {
    let mut all = vec!["400", "404", "405", "408", "422", "429", "503", "507"];
    if route.auth != Auth::Public {
        all.extend(["401", "403"]);
    }
    if route.is_unsafe() {
        all.extend(["409", "413", "415"]);
    }
    all
}

fn parameters(route: &Route, doc: &ApiDoc) -> Vec<Parameter> {
    let text = || Some(String::schema());
    let in_path = route.path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'));
    let mut all: Vec<Parameter> = in_path
        .map(|name| {
            ParameterBuilder::new()
                .name(name)
                .parameter_in(ParameterIn::Path)
                .required(Required::True)
                .schema(text())
                .build()
        })
        .collect();
    for (name, schema, what) in &doc.query {
        let parameter = ParameterBuilder::new().name(*name).parameter_in(ParameterIn::Query).required(Required::False);
        all.push(parameter.schema(Some(schema.clone())).description(Some(*what)).build());
    }
    if route.idempotent {
        let parameter =
            ParameterBuilder::new().name("Idempotency-Key").parameter_in(ParameterIn::Header).required(Required::True);
        all.push(
            parameter
                .schema(text())
                .description(Some("1 to 255 visible ASCII characters; the same key has one effect"))
                .build(),
        );
    }
    all
}

fn operation_id(route: &Route) -> String {
    let path: String = route
        .path
        .trim_start_matches("/api/v1/")
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c } else { '_' })
        .collect();
    format!("{}_{}", route.method.as_str().to_lowercase(), path.replace("__", "_").trim_matches('_'))
}
