use uuid::Uuid;
use values::{Area, Day, Id, Moment, Money, Phone};

/// What can be bound. Nulls keep their type, since PostgreSQL asks for it.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    Int(Option<i64>),
    Text(Option<String>),
    Id(Option<Uuid>),
    Bytes(Option<Vec<u8>>),
}

/// Something that can be bound in place of `$n`.
pub trait ToValue {
    fn to_value(&self) -> Value;
    fn null() -> Value
    where
        Self: Sized;
}

macro_rules! to_value {
    ($kind:ty, $case:ident, $me:ident => $out:expr) => {
        impl ToValue for $kind {
            fn to_value(&self) -> Value {
                let $me = self;
                Value::$case(Some($out))
            }
            fn null() -> Value {
                Value::$case(None)
            }
        }
    };
}
to_value!(i64, Int, me => *me);
to_value!(i32, Int, me => i64::from(*me));
to_value!(u32, Int, me => i64::from(*me));
to_value!(bool, Int, me => i64::from(*me));
to_value!(Moment, Int, me => me.millis());
to_value!(Money, Int, me => me.fen());
to_value!(Area, Int, me => me.hundredths());
to_value!(String, Text, me => me.clone());
to_value!(Day, Text, me => me.to_string());
to_value!(Phone, Text, me => me.dial().to_string());
to_value!(Uuid, Id, me => *me);
to_value!(Vec<u8>, Bytes, me => me.clone());

impl ToValue for &str {
    fn to_value(&self) -> Value {
        Value::Text(Some((*self).to_string()))
    }
    fn null() -> Value {
        Value::Text(None)
    }
}
impl ToValue for &[u8] {
    fn to_value(&self) -> Value {
        Value::Bytes(Some(self.to_vec()))
    }
    fn null() -> Value {
        Value::Bytes(None)
    }
}
impl<T> ToValue for Id<T> {
    fn to_value(&self) -> Value {
        Value::Id(Some(self.uuid()))
    }
    fn null() -> Value {
        Value::Id(None)
    }
}
impl<T: ToValue> ToValue for Option<T> {
    fn to_value(&self) -> Value {
        self.as_ref().map_or_else(T::null, ToValue::to_value)
    }
    fn null() -> Value {
        T::null()
    }
}
impl ToValue for Value {
    fn to_value(&self) -> Value {
        self.clone()
    }
    fn null() -> Value {
        Self::Text(None)
    }
}

/// The arguments of one statement, in the order of `$1, $2 …`: a tuple, or a list made beforehand.
pub trait Params {
    fn values(self) -> Vec<Value>;
}
impl Params for Vec<Value> {
    fn values(self) -> Vec<Value> {
        self
    }
}
impl Params for () {
    fn values(self) -> Vec<Value> {
        Vec::new()
    }
}
macro_rules! params {
    ($($name:ident),+) => {
        impl<$($name: ToValue),+> Params for ($($name,)+) {
            #[allow(non_snake_case)]
            fn values(self) -> Vec<Value> {
                let ($($name,)+) = self;
                vec![$($name.to_value()),+]
            }
        }
    };
}
params!(A);
params!(A, B);
params!(A, B, C);
params!(A, B, C, D);
params!(A, B, C, D, E);
params!(A, B, C, D, E, F);
params!(A, B, C, D, E, F, G);
params!(A, B, C, D, E, F, G, H);
params!(A, B, C, D, E, F, G, H, I);
params!(A, B, C, D, E, F, G, H, I, J);
params!(A, B, C, D, E, F, G, H, I, J, K);
params!(A, B, C, D, E, F, G, H, I, J, K, L);
params!(A, B, C, D, E, F, G, H, I, J, K, L, M);
params!(A, B, C, D, E, F, G, H, I, J, K, L, M, N);
params!(A, B, C, D, E, F, G, H, I, J, K, L, M, N, O);
params!(A, B, C, D, E, F, G, H, I, J, K, L, M, N, O, P);
params!(A, B, C, D, E, F, G, H, I, J, K, L, M, N, O, P, Q);
params!(A, B, C, D, E, F, G, H, I, J, K, L, M, N, O, P, Q, R);
params!(A, B, C, D, E, F, G, H, I, J, K, L, M, N, O, P, Q, R, S);
params!(A, B, C, D, E, F, G, H, I, J, K, L, M, N, O, P, Q, R, S, T);
