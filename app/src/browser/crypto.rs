//! What lies on the tablet is sealed (SECURITY.md): a random data key seals every record, and is itself stored only
//! wrapped under a key derived from the person's password.
//!
//! The data key exists as a non-extractable WebCrypto key: its bytes never enter our memory.

use crate::browser::{clock, dictionary};
use argon2::{Algorithm, Argon2, Block, Params, Version};
use domain::ids::DeviceId;
use js_sys::{Array, ArrayBuffer, Object, Promise, Uint8Array};
use serde::{Deserialize, Serialize};
use thiserror::Error;
use uuid::Uuid;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{CryptoKey, SubtleCrypto};
use zeroize::{Zeroize, Zeroizing};

const CIPHER: &str = "AES-GCM";
const KEY_BITS: u32 = 256;
const KEY_BYTES: usize = 32;
const NONCE_BYTES: u32 = 12;
const SALT_BYTES: usize = 16;
/// Raised when the associated data or the form of a sealed record changes.
const SEAL_SCHEMA: u32 = 1;

/// (memory in KiB, passes) of Argon2id, and what a tablet gets that cannot give that much memory.
const COST: (u32, u32) = (64 * 1024, 3);
const COST_FLOOR: (u32, u32) = (19 * 1024, 2);
const LANES: u32 = 1;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum CryptoError {
    #[error("wrong password")]
    WrongPassword,
    /// Not enough memory to derive the key: close other pages and try again.
    #[error("not enough memory")]
    OutOfMemory,
    /// No WebCrypto: the page was not opened over https, or the browser is too old.
    #[error("no cryptography here")]
    Unavailable,
    /// Sealed with another key, for another place, or damaged.
    #[error("cannot be opened")]
    Unreadable,
    #[error("cryptography failed")]
    Failed,
}

/// What is sealed; part of the associated data, so that a record of one kind is never taken for another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Page,
    Outbox,
    Attention,
    Record,
    Blob,
}

impl Kind {
    fn word(self) -> &'static str {
        match self {
            Self::Page => "page",
            Self::Outbox => "outbox",
            Self::Attention => "attention",
            Self::Record => "record",
            Self::Blob => "blob",
        }
    }
}

/// The key a store is sealed with, in memory and not extractable. Forgetting every clone of it locks the store.
#[derive(Clone, Debug)]
pub struct DataKey(CryptoKey);

/// A data key as it is stored: useless without the password. Safe to lie in the open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WrappedKey {
    salt: [u8; SALT_BYTES],
    memory_kib: u32,
    passes: u32,
    lanes: u32,
    /// Nonce, then the encrypted key.
    sealed: Vec<u8>,
}

/// A key ready for use, and how long its derivation froze the page.
#[derive(Clone, Debug)]
pub struct Unlocked {
    pub key: DataKey,
    pub derivation_ms: f64,
}

/// What the server gives to whoever signs in on this device: a second way to the data key. Never stored here.
#[derive(Clone)]
pub struct RecoveryKey(Zeroizing<[u8; KEY_BYTES]>);

impl RecoveryKey {
    /// From hexadecimal.
    pub fn read(text: &str) -> Result<Self, CryptoError> {
        let mut bytes = Zeroizing::new([0; KEY_BYTES]);
        let pairs = text.as_bytes().chunks(2);
        if !text.is_ascii() || text.len() != 2 * KEY_BYTES {
            return Err(CryptoError::Unreadable);
        }
        for (byte, pair) in bytes.iter_mut().zip(pairs) {
            let digits = str::from_utf8(pair).map_err(|_| CryptoError::Unreadable)?;
            *byte = u8::from_str_radix(digits, 16).map_err(|_| CryptoError::Unreadable)?;
        }
        Ok(Self(bytes))
    }

    async fn wrapping(&self) -> Result<CryptoKey, CryptoError> {
        wrapping_key(self.0.as_slice()).await
    }
}

/// The data key wrapped under the device's [`RecoveryKey`]: nonce, then the encrypted key. Useless without the server.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Recovery(Vec<u8>);

/// A new data key for `store_id`, wrapped under `password` and once more under `recovery_key`.
pub async fn create(
    store_id: Uuid,
    password: &str,
    recovery_key: &RecoveryKey,
) -> Result<(WrappedKey, Recovery, Unlocked), CryptoError> {
    let usages = usages(&["encrypt", "decrypt"]);
    let algorithm = dictionary(&[("name", CIPHER.into()), ("length", KEY_BITS.into())]);
    let made = subtle()?.generate_key_with_object(&algorithm, true, &usages);
    let made: CryptoKey = settled::<JsValue>(made).await?.unchecked_into();
    let (wrapped, unwrapping, derivation_ms) = wrap(store_id, &made, password).await?;
    let recovery = sealed_under(&recovery_key.wrapping().await?, &made, &recovery_context(store_id)).await?;
    // The one made is extractable, or it could not have been wrapped: it ends here.
    let key = unwrap(store_id, &wrapped, &unwrapping, false).await?;
    Ok((wrapped, Recovery(recovery), Unlocked { key: DataKey(key), derivation_ms }))
}

/// The second way for a store that was made before there was one.
pub async fn add_recovery(
    store_id: Uuid,
    wrapped: &WrappedKey,
    password: &str,
    recovery_key: &RecoveryKey,
) -> Result<Recovery, CryptoError> {
    let (unwrapping, _) = derive(password, wrapped).await?;
    let key = unwrap(store_id, wrapped, &unwrapping, true).await?;
    Ok(Recovery(sealed_under(&recovery_key.wrapping().await?, &key, &recovery_context(store_id)).await?))
}

/// The same data key under the password of today, where the former one is forgotten.
pub async fn recover(
    store_id: Uuid,
    recovery: &Recovery,
    recovery_key: &RecoveryKey,
    password: &str,
) -> Result<(WrappedKey, Unlocked), CryptoError> {
    let wrapping = recovery_key.wrapping().await?;
    let key = opened_with(&wrapping, &recovery.0, &recovery_context(store_id), true).await?;
    let (wrapped, unwrapping, derivation_ms) = wrap(store_id, &key, password).await?;
    let key = unwrap(store_id, &wrapped, &unwrapping, false).await?;
    Ok((wrapped, Unlocked { key: DataKey(key), derivation_ms }))
}

/// Opens a wrapped key. Takes as long as the derivation does, without network.
pub async fn unlock(store_id: Uuid, wrapped: &WrappedKey, password: &str) -> Result<Unlocked, CryptoError> {
    let (unwrapping, derivation_ms) = derive(password, wrapped).await?;
    let key = unwrap(store_id, wrapped, &unwrapping, false).await?;
    Ok(Unlocked { key: DataKey(key), derivation_ms })
}

/// The same data key under another password; nothing needs to be sealed again.
pub async fn rewrap(
    store_id: Uuid,
    wrapped: &WrappedKey,
    old_password: &str,
    new_password: &str,
) -> Result<WrappedKey, CryptoError> {
    let (unwrapping, _) = derive(old_password, wrapped).await?;
    let key = unwrap(store_id, wrapped, &unwrapping, true).await?;
    let (wrapped, ..) = wrap(store_id, &key, new_password).await?;
    Ok(wrapped)
}

/// Wraps under a fresh salt; lowers the cost once when the tablet has no memory for it.
async fn wrap(
    store_id: Uuid,
    key: &CryptoKey,
    password: &str,
) -> Result<(WrappedKey, CryptoKey, f64), CryptoError> {
    let mut salt = [0; SALT_BYTES];
    fill_random(&mut salt)?;
    let with =
        |(memory_kib, passes)| WrappedKey { salt, memory_kib, passes, lanes: LANES, sealed: Vec::new() };
    let mut wrapped = with(COST);
    let (wrapping, derivation_ms) = match derive(password, &wrapped).await {
        Err(CryptoError::OutOfMemory) => {
            wrapped = with(COST_FLOOR);
            derive(password, &wrapped).await?
        }
        other => other?,
    };
    wrapped.sealed = sealed_under(&wrapping, key, &wrapping_context(store_id)).await?;
    Ok((wrapped, wrapping, derivation_ms))
}

/// Nonce, then the key encrypted under another.
async fn sealed_under(wrapping: &CryptoKey, key: &CryptoKey, context: &str) -> Result<Vec<u8>, CryptoError> {
    let nonce = new_nonce()?;
    let sealed = subtle()?.wrap_key_with_object("raw", key, wrapping, &parameters(&nonce, context));
    let sealed: ArrayBuffer = settled(sealed).await?;
    Ok(joined(&nonce, &sealed).to_vec())
}

async fn unwrap(
    store_id: Uuid,
    wrapped: &WrappedKey,
    unwrapping: &CryptoKey,
    is_extractable: bool,
) -> Result<CryptoKey, CryptoError> {
    opened_with(unwrapping, &wrapped.sealed, &wrapping_context(store_id), is_extractable).await
}

async fn opened_with(
    unwrapping: &CryptoKey,
    sealed: &[u8],
    context: &str,
    is_extractable: bool,
) -> Result<CryptoKey, CryptoError> {
    let (nonce, sealed) = parted(&Uint8Array::from(sealed));
    let key = subtle()?.unwrap_key_with_js_u8_array_and_object_and_object(
        "raw",
        &sealed,
        unwrapping,
        &parameters(&nonce, context),
        &dictionary(&[("name", CIPHER.into())]),
        is_extractable,
        &usages(&["encrypt", "decrypt"]),
    );
    // The tag does not fit: another password. A damaged entry looks the same, and cannot be told apart.
    settled(key).await.map_err(|_| CryptoError::WrongPassword)
}

/// The wrapping key of a password, and the milliseconds it took. Lets the page draw first: what follows freezes it.
async fn derive(password: &str, with: &WrappedKey) -> Result<(CryptoKey, f64), CryptoError> {
    clock::next_frame().await;
    let started = clock::timer_ms();
    let bytes = argon2id(password, with)?;
    let derivation_ms = clock::timer_ms() - started;

    Ok((wrapping_key(bytes.as_slice()).await?, derivation_ms))
}

/// A key that wraps and unwraps others.
async fn wrapping_key(bytes: &[u8]) -> Result<CryptoKey, CryptoError> {
    let raw = Uint8Array::from(bytes);
    let key = subtle()?.import_key_with_object(
        "raw",
        &raw,
        &dictionary(&[("name", CIPHER.into())]),
        false,
        &usages(&["wrapKey", "unwrapKey"]),
    );
    let key = settled(key).await;
    raw.fill(0, 0, raw.length());
    key
}

fn argon2id(password: &str, with: &WrappedKey) -> Result<Zeroizing<[u8; KEY_BYTES]>, CryptoError> {
    let parameters = Params::new(with.memory_kib, with.passes, with.lanes, Some(KEY_BYTES))
        .map_err(|_| CryptoError::Unreadable)?;
    let mut memory = Vec::new();
    memory.try_reserve_exact(parameters.block_count()).map_err(|_| CryptoError::OutOfMemory)?;
    memory.resize(parameters.block_count(), Block::default());

    let mut bytes = Zeroizing::new([0; KEY_BYTES]);
    let derived = Argon2::new(Algorithm::Argon2id, Version::V0x13, parameters)
        .hash_password_into_with_memory(password.as_bytes(), &with.salt, bytes.as_mut_slice(), &mut memory);
    // The key can be worked out from these blocks, and wasm memory is never given back.
    memory.iter_mut().for_each(Zeroize::zeroize);
    derived.map_err(|_| CryptoError::Failed)?;
    Ok(bytes)
}

/// What a PIN is compared with. Sealed where it is stored, and of use only while the data key is in memory anyway.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PinCheck {
    salt: [u8; SALT_BYTES],
    hash: [u8; KEY_BYTES],
}

impl PinCheck {
    pub fn new(pin: &str) -> Result<Self, CryptoError> {
        let mut salt = [0; SALT_BYTES];
        fill_random(&mut salt)?;
        Ok(Self { salt, hash: pin_hash(pin, salt)? })
    }

    pub fn is_right(&self, pin: &str) -> Result<bool, CryptoError> {
        Ok(pin_hash(pin, self.salt)? == self.hash)
    }
}

/// At the lower cost: five tries are all there are.
fn pin_hash(pin: &str, salt: [u8; SALT_BYTES]) -> Result<[u8; KEY_BYTES], CryptoError> {
    let (memory_kib, passes) = COST_FLOOR;
    let with = WrappedKey { salt, memory_kib, passes, lanes: LANES, sealed: Vec::new() };
    Ok(*argon2id(pin, &with)?)
}

/// Seals and opens the records of one store on one device.
#[derive(Clone, Debug)]
pub struct Sealer {
    key: DataKey,
    store_id: Uuid,
    device_id: DeviceId,
}

impl Sealer {
    pub fn new(key: DataKey, store_id: Uuid, device_id: DeviceId) -> Self {
        Self { key, store_id, device_id }
    }

    /// Nonce, then ciphertext and tag.
    pub async fn seal(&self, kind: Kind, plain: &[u8]) -> Result<Uint8Array, CryptoError> {
        let nonce = new_nonce()?;
        let parameters = parameters(&nonce, &self.context(kind));
        // The plain bytes are copied before the call returns.
        let sealed = subtle()?.encrypt_with_object_and_u8_array(&parameters, &self.key.0, plain);
        let sealed: ArrayBuffer = settled(sealed).await?;
        Ok(joined(&nonce, &sealed))
    }

    pub async fn open(&self, kind: Kind, sealed: &Uint8Array) -> Result<Vec<u8>, CryptoError> {
        if sealed.length() < NONCE_BYTES {
            return Err(CryptoError::Unreadable);
        }
        let (nonce, sealed) = parted(sealed);
        let parameters = parameters(&nonce, &self.context(kind));
        let plain = subtle()?.decrypt_with_object_and_js_u8_array(&parameters, &self.key.0, &sealed);
        let plain: ArrayBuffer = settled(plain).await.map_err(|_| CryptoError::Unreadable)?;
        Ok(Uint8Array::new(&plain).to_vec())
    }

    fn context(&self, kind: Kind) -> String {
        format!("{}|{}|{}|{SEAL_SCHEMA}", self.store_id, self.device_id, kind.word())
    }
}

fn wrapping_context(store_id: Uuid) -> String {
    format!("{store_id}|key|{SEAL_SCHEMA}")
}

fn recovery_context(store_id: Uuid) -> String {
    format!("{store_id}|recovery|{SEAL_SCHEMA}")
}

fn subtle() -> Result<SubtleCrypto, CryptoError> {
    let crypto = web_sys::window().and_then(|window| window.crypto().ok()).ok_or(CryptoError::Unavailable)?;
    let subtle = crypto.subtle();
    // A page without https has none; the type does not say so.
    if subtle.is_undefined() { Err(CryptoError::Unavailable) } else { Ok(subtle) }
}

fn fill_random(bytes: &mut [u8]) -> Result<(), CryptoError> {
    let crypto = web_sys::window().and_then(|window| window.crypto().ok()).ok_or(CryptoError::Unavailable)?;
    crypto.get_random_values_with_u8_array(bytes).map_err(|_| CryptoError::Failed)?;
    Ok(())
}

fn new_nonce() -> Result<Uint8Array, CryptoError> {
    let mut nonce = [0; NONCE_BYTES as usize];
    fill_random(&mut nonce)?;
    Ok(Uint8Array::from(nonce.as_slice()))
}

fn parameters(nonce: &Uint8Array, context: &str) -> Object {
    let context = Uint8Array::from(context.as_bytes());
    dictionary(&[("name", CIPHER.into()), ("iv", nonce.into()), ("additionalData", context.into())])
}

fn usages(words: &[&str]) -> JsValue {
    words.iter().map(|word| JsValue::from_str(word)).collect::<Array>().into()
}

fn joined(nonce: &Uint8Array, sealed: &ArrayBuffer) -> Uint8Array {
    let joined = Uint8Array::new_with_length(nonce.length() + sealed.byte_length());
    joined.set(nonce, 0);
    joined.set(&Uint8Array::new(sealed), nonce.length());
    joined
}

fn parted(sealed: &Uint8Array) -> (Uint8Array, Uint8Array) {
    (sealed.subarray(0, NONCE_BYTES), sealed.subarray(NONCE_BYTES, sealed.length()))
}

async fn settled<T: JsCast>(promise: Result<Promise, JsValue>) -> Result<T, CryptoError> {
    let value = JsFuture::from(promise.map_err(|_| CryptoError::Failed)?).await;
    value.map_err(|_| CryptoError::Failed).map(JsCast::unchecked_into)
}
