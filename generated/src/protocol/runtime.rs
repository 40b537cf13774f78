//! The `Runtime` domain. A hand-made sample of the form of the machine-written code.

use crate::wire;

/// Type `Runtime.ScriptId`.
#[doc(alias = "Runtime.ScriptId")]
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ScriptId(String);
wire::string_newtype!(ScriptId);

/// Type.
///
/// `Runtime.SerializationOptions`.
#[doc(alias = "Runtime.SerializationOptions")]
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "mirror", derive(Default))]
#[non_exhaustive]
pub struct SerializationOptions {
    /// Member `serialization`.
    pub serialization: SerializationOptionsSerialization,
    /// Member `maxDepth`.
    #[doc(alias = "maxDepth")]
    pub max_depth: Option<i64>,
    /// Member `additionalParameters`.
    #[doc(alias = "additionalParameters")]
    pub additional_parameters: Option<wire::Json>,
}

impl SerializationOptions {
    /// Makes one of what is required.
    pub fn new(serialization: SerializationOptionsSerialization) -> Self {
        Self {
            serialization,
            max_depth: None,
            additional_parameters: None,
        }
    }
    /// Sets `maxDepth`.
    pub fn max_depth(mut self, max_depth: i64) -> Self {
        self.max_depth = Some(max_depth);
        self
    }
    /// Sets `additionalParameters`.
    pub fn additional_parameters(mut self, additional_parameters: wire::Json) -> Self {
        self.additional_parameters = Some(additional_parameters);
        self
    }
}

#[cfg(feature = "mirror")]
impl wire::Object for SerializationOptions {
    const NAME: &'static str = "Runtime.SerializationOptions";
    const REQUIRED: &'static [&'static str] = &["serialization"];
    fn member<'de, A: wire::Members<'de>>(
        &mut self,
        name: &str,
        value: wire::Value<'_, A>,
    ) -> Result<(), A::Error> {
        match name {
            "serialization" => value.required(&mut self.serialization),
            "maxDepth" => value.optional(&mut self.max_depth),
            "additionalParameters" => value.optional(&mut self.additional_parameters),
            _ => value.ignore(),
        }
    }
}
#[cfg(feature = "mirror")]
wire::read_object!(SerializationOptions);

impl wire::Serialize for SerializationOptions {
    fn serialize<S: wire::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = wire::ObjectWriter::new(serializer)?;
        object.required("serialization", &self.serialization)?;
        object.optional("maxDepth", &self.max_depth)?;
        object.optional("additionalParameters", &self.additional_parameters)?;
        object.end()
    }
}

/// Type.
///
/// `Runtime.DeepSerializedValue`.
#[doc(alias = "Runtime.DeepSerializedValue")]
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct DeepSerializedValue {
    /// Member `type`.
    pub r#type: DeepSerializedValueType,
    /// Member `value`.
    pub value: Option<wire::Json>,
    /// Member `objectId`.
    #[doc(alias = "objectId")]
    pub object_id: Option<String>,
    /// Member `weakLocalObjectReference`.
    #[doc(alias = "weakLocalObjectReference")]
    pub weak_local_object_reference: Option<i64>,
}

impl wire::Object for DeepSerializedValue {
    const NAME: &'static str = "Runtime.DeepSerializedValue";
    const REQUIRED: &'static [&'static str] = &["type"];
    fn member<'de, A: wire::Members<'de>>(
        &mut self,
        name: &str,
        value: wire::Value<'_, A>,
    ) -> Result<(), A::Error> {
        match name {
            "type" => value.required(&mut self.r#type),
            "value" => value.optional(&mut self.value),
            "objectId" => value.optional(&mut self.object_id),
            "weakLocalObjectReference" => value.optional(&mut self.weak_local_object_reference),
            _ => value.ignore(),
        }
    }
}
wire::read_object!(DeepSerializedValue);

#[cfg(feature = "mirror")]
impl wire::Serialize for DeepSerializedValue {
    fn serialize<S: wire::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = wire::ObjectWriter::new(serializer)?;
        object.required("type", &self.r#type)?;
        object.optional("value", &self.value)?;
        object.optional("objectId", &self.object_id)?;
        object.optional(
            "weakLocalObjectReference",
            &self.weak_local_object_reference,
        )?;
        object.end()
    }
}

/// Type.
///
/// `Runtime.WebDriverValue`.
#[doc(alias = "Runtime.WebDriverValue")]
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct WebDriverValue {
    /// Member `type`.
    pub r#type: WebDriverValueType,
    /// Member `value`.
    pub value: Option<wire::Json>,
    /// Member `objectId`.
    #[doc(alias = "objectId")]
    pub object_id: Option<String>,
}

impl wire::Object for WebDriverValue {
    const NAME: &'static str = "Runtime.WebDriverValue";
    const REQUIRED: &'static [&'static str] = &["type"];
    fn member<'de, A: wire::Members<'de>>(
        &mut self,
        name: &str,
        value: wire::Value<'_, A>,
    ) -> Result<(), A::Error> {
        match name {
            "type" => value.required(&mut self.r#type),
            "value" => value.optional(&mut self.value),
            "objectId" => value.optional(&mut self.object_id),
            _ => value.ignore(),
        }
    }
}
wire::read_object!(WebDriverValue);

#[cfg(feature = "mirror")]
impl wire::Serialize for WebDriverValue {
    fn serialize<S: wire::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = wire::ObjectWriter::new(serializer)?;
        object.required("type", &self.r#type)?;
        object.optional("value", &self.value)?;
        object.optional("objectId", &self.object_id)?;
        object.end()
    }
}

/// Type `Runtime.RemoteObjectId`.
#[doc(alias = "Runtime.RemoteObjectId")]
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RemoteObjectId(String);
wire::string_newtype!(RemoteObjectId);

/// Type `Runtime.UnserializableValue`.
#[doc(alias = "Runtime.UnserializableValue")]
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnserializableValue(String);
wire::string_newtype!(UnserializableValue);

/// Type.
///
/// `Runtime.RemoteObject`.
#[doc(alias = "Runtime.RemoteObject")]
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct RemoteObject {
    /// Member `type`.
    pub r#type: RemoteObjectType,
    /// Member `subtype`.
    pub subtype: Option<RemoteObjectSubtype>,
    /// Member `className`.
    #[doc(alias = "className")]
    pub class_name: Option<String>,
    /// Member `value`.
    pub value: Option<wire::Json>,
    /// Member `unserializableValue`.
    #[doc(alias = "unserializableValue")]
    pub unserializable_value: Option<UnserializableValue>,
    /// Member `description`.
    pub description: Option<String>,
    /// Member `deepSerializedValue`.
    #[doc(alias = "deepSerializedValue")]
    pub deep_serialized_value: Option<DeepSerializedValue>,
    /// Member `webDriverValue`.
    #[doc(alias = "webDriverValue")]
    pub web_driver_value: Option<WebDriverValue>,
    /// Member `objectId`.
    #[doc(alias = "objectId")]
    pub object_id: Option<RemoteObjectId>,
    /// Member `preview`.
    pub preview: Option<ObjectPreview>,
    /// Member `customPreview`.
    #[doc(alias = "customPreview")]
    pub custom_preview: Option<CustomPreview>,
}

impl wire::Object for RemoteObject {
    const NAME: &'static str = "Runtime.RemoteObject";
    const REQUIRED: &'static [&'static str] = &["type"];
    fn member<'de, A: wire::Members<'de>>(
        &mut self,
        name: &str,
        value: wire::Value<'_, A>,
    ) -> Result<(), A::Error> {
        match name {
            "type" => value.required(&mut self.r#type),
            "subtype" => value.optional(&mut self.subtype),
            "className" => value.optional(&mut self.class_name),
            "value" => value.optional(&mut self.value),
            "unserializableValue" => value.optional(&mut self.unserializable_value),
            "description" => value.optional(&mut self.description),
            "deepSerializedValue" => value.optional(&mut self.deep_serialized_value),
            "webDriverValue" => value.optional(&mut self.web_driver_value),
            "objectId" => value.optional(&mut self.object_id),
            "preview" => value.optional(&mut self.preview),
            "customPreview" => value.optional(&mut self.custom_preview),
            _ => value.ignore(),
        }
    }
}
wire::read_object!(RemoteObject);

#[cfg(feature = "mirror")]
impl wire::Serialize for RemoteObject {
    fn serialize<S: wire::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = wire::ObjectWriter::new(serializer)?;
        object.required("type", &self.r#type)?;
        object.optional("subtype", &self.subtype)?;
        object.optional("className", &self.class_name)?;
        object.optional("value", &self.value)?;
        object.optional("unserializableValue", &self.unserializable_value)?;
        object.optional("description", &self.description)?;
        object.optional("deepSerializedValue", &self.deep_serialized_value)?;
        object.optional("webDriverValue", &self.web_driver_value)?;
        object.optional("objectId", &self.object_id)?;
        object.optional("preview", &self.preview)?;
        object.optional("customPreview", &self.custom_preview)?;
        object.end()
    }
}

/// Type.
///
/// `Runtime.CustomPreview`.
#[doc(alias = "Runtime.CustomPreview")]
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct CustomPreview {
    /// Member `header`.
    pub header: String,
    /// Member `bodyGetterId`.
    #[doc(alias = "bodyGetterId")]
    pub body_getter_id: Option<RemoteObjectId>,
    /// Member `hasBody`.
    #[doc(alias = "hasBody")]
    pub has_body: Option<bool>,
    /// Member `formatterObjectId`.
    #[doc(alias = "formatterObjectId")]
    pub formatter_object_id: Option<RemoteObjectId>,
    /// Member `bindRemoteObjectFunctionId`.
    #[doc(alias = "bindRemoteObjectFunctionId")]
    pub bind_remote_object_function_id: Option<RemoteObjectId>,
    /// Member `configObjectId`.
    #[doc(alias = "configObjectId")]
    pub config_object_id: Option<RemoteObjectId>,
}

impl wire::Object for CustomPreview {
    const NAME: &'static str = "Runtime.CustomPreview";
    const REQUIRED: &'static [&'static str] = &["header"];
    fn member<'de, A: wire::Members<'de>>(
        &mut self,
        name: &str,
        value: wire::Value<'_, A>,
    ) -> Result<(), A::Error> {
        match name {
            "header" => value.required(&mut self.header),
            "bodyGetterId" => value.optional(&mut self.body_getter_id),
            "hasBody" => value.optional(&mut self.has_body),
            "formatterObjectId" => value.optional(&mut self.formatter_object_id),
            "bindRemoteObjectFunctionId" => {
                value.optional(&mut self.bind_remote_object_function_id)
            }
            "configObjectId" => value.optional(&mut self.config_object_id),
            _ => value.ignore(),
        }
    }
}
wire::read_object!(CustomPreview);

#[cfg(feature = "mirror")]
impl wire::Serialize for CustomPreview {
    fn serialize<S: wire::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = wire::ObjectWriter::new(serializer)?;
        object.required("header", &self.header)?;
        object.optional("bodyGetterId", &self.body_getter_id)?;
        object.optional("hasBody", &self.has_body)?;
        object.optional("formatterObjectId", &self.formatter_object_id)?;
        object.optional(
            "bindRemoteObjectFunctionId",
            &self.bind_remote_object_function_id,
        )?;
        object.optional("configObjectId", &self.config_object_id)?;
        object.end()
    }
}

/// Type.
///
/// `Runtime.ObjectPreview`.
#[doc(alias = "Runtime.ObjectPreview")]
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct ObjectPreview {
    /// Member `type`.
    pub r#type: ObjectPreviewType,
    /// Member `subtype`.
    pub subtype: Option<ObjectPreviewSubtype>,
    /// Member `description`.
    pub description: Option<String>,
    /// Member `overflow`.
    pub overflow: bool,
    /// Member `properties`.
    pub properties: Vec<PropertyPreview>,
    /// Member `entries`.
    pub entries: Option<Vec<EntryPreview>>,
}

impl wire::Object for ObjectPreview {
    const NAME: &'static str = "Runtime.ObjectPreview";
    const REQUIRED: &'static [&'static str] = &["type", "overflow", "properties"];
    fn member<'de, A: wire::Members<'de>>(
        &mut self,
        name: &str,
        value: wire::Value<'_, A>,
    ) -> Result<(), A::Error> {
        match name {
            "type" => value.required(&mut self.r#type),
            "subtype" => value.optional(&mut self.subtype),
            "description" => value.optional(&mut self.description),
            "overflow" => value.required(&mut self.overflow),
            "properties" => value.required(&mut self.properties),
            "entries" => value.optional(&mut self.entries),
            _ => value.ignore(),
        }
    }
}
wire::read_object!(ObjectPreview);

#[cfg(feature = "mirror")]
impl wire::Serialize for ObjectPreview {
    fn serialize<S: wire::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = wire::ObjectWriter::new(serializer)?;
        object.required("type", &self.r#type)?;
        object.optional("subtype", &self.subtype)?;
        object.optional("description", &self.description)?;
        object.required("overflow", &self.overflow)?;
        object.required("properties", &self.properties)?;
        object.optional("entries", &self.entries)?;
        object.end()
    }
}

/// Type.
///
/// `Runtime.PropertyPreview`.
#[doc(alias = "Runtime.PropertyPreview")]
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct PropertyPreview {
    /// Member `name`.
    pub name: String,
    /// Member `type`.
    pub r#type: PropertyPreviewType,
    /// Member `value`.
    pub value: Option<String>,
    /// Member `valuePreview`.
    #[doc(alias = "valuePreview")]
    pub value_preview: Option<Box<ObjectPreview>>,
    /// Member `subtype`.
    pub subtype: Option<PropertyPreviewSubtype>,
}

impl wire::Object for PropertyPreview {
    const NAME: &'static str = "Runtime.PropertyPreview";
    const REQUIRED: &'static [&'static str] = &["name", "type"];
    fn member<'de, A: wire::Members<'de>>(
        &mut self,
        name: &str,
        value: wire::Value<'_, A>,
    ) -> Result<(), A::Error> {
        match name {
            "name" => value.required(&mut self.name),
            "type" => value.required(&mut self.r#type),
            "value" => value.optional(&mut self.value),
            "valuePreview" => value.optional(&mut self.value_preview),
            "subtype" => value.optional(&mut self.subtype),
            _ => value.ignore(),
        }
    }
}
wire::read_object!(PropertyPreview);

#[cfg(feature = "mirror")]
impl wire::Serialize for PropertyPreview {
    fn serialize<S: wire::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = wire::ObjectWriter::new(serializer)?;
        object.required("name", &self.name)?;
        object.required("type", &self.r#type)?;
        object.optional("value", &self.value)?;
        object.optional("valuePreview", &self.value_preview)?;
        object.optional("subtype", &self.subtype)?;
        object.end()
    }
}

/// Type.
///
/// `Runtime.EntryPreview`.
#[doc(alias = "Runtime.EntryPreview")]
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct EntryPreview {
    /// Member `key`.
    pub key: Option<Box<ObjectPreview>>,
    /// Member `value`.
    pub value: Box<ObjectPreview>,
}

impl wire::Object for EntryPreview {
    const NAME: &'static str = "Runtime.EntryPreview";
    const REQUIRED: &'static [&'static str] = &["value"];
    fn member<'de, A: wire::Members<'de>>(
        &mut self,
        name: &str,
        value: wire::Value<'_, A>,
    ) -> Result<(), A::Error> {
        match name {
            "key" => value.optional(&mut self.key),
            "value" => value.required(&mut self.value),
            _ => value.ignore(),
        }
    }
}
wire::read_object!(EntryPreview);

#[cfg(feature = "mirror")]
impl wire::Serialize for EntryPreview {
    fn serialize<S: wire::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = wire::ObjectWriter::new(serializer)?;
        object.optional("key", &self.key)?;
        object.required("value", &self.value)?;
        object.end()
    }
}

/// Type.
///
/// `Runtime.PropertyDescriptor`.
#[doc(alias = "Runtime.PropertyDescriptor")]
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct PropertyDescriptor {
    /// Member `name`.
    pub name: String,
    /// Member `value`.
    pub value: Option<RemoteObject>,
    /// Member `writable`.
    pub writable: Option<bool>,
    /// Member `get`.
    pub get: Option<RemoteObject>,
    /// Member `set`.
    pub set: Option<RemoteObject>,
    /// Member `configurable`.
    pub configurable: bool,
    /// Member `enumerable`.
    pub enumerable: bool,
    /// Member `wasThrown`.
    #[doc(alias = "wasThrown")]
    pub was_thrown: Option<bool>,
    /// Member `isOwn`.
    #[doc(alias = "isOwn")]
    pub is_own: Option<bool>,
    /// Member `symbol`.
    pub symbol: Option<RemoteObject>,
}

impl wire::Object for PropertyDescriptor {
    const NAME: &'static str = "Runtime.PropertyDescriptor";
    const REQUIRED: &'static [&'static str] = &["name", "configurable", "enumerable"];
    fn member<'de, A: wire::Members<'de>>(
        &mut self,
        name: &str,
        value: wire::Value<'_, A>,
    ) -> Result<(), A::Error> {
        match name {
            "name" => value.required(&mut self.name),
            "value" => value.optional(&mut self.value),
            "writable" => value.optional(&mut self.writable),
            "get" => value.optional(&mut self.get),
            "set" => value.optional(&mut self.set),
            "configurable" => value.required(&mut self.configurable),
            "enumerable" => value.required(&mut self.enumerable),
            "wasThrown" => value.optional(&mut self.was_thrown),
            "isOwn" => value.optional(&mut self.is_own),
            "symbol" => value.optional(&mut self.symbol),
            _ => value.ignore(),
        }
    }
}
wire::read_object!(PropertyDescriptor);

#[cfg(feature = "mirror")]
impl wire::Serialize for PropertyDescriptor {
    fn serialize<S: wire::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = wire::ObjectWriter::new(serializer)?;
        object.required("name", &self.name)?;
        object.optional("value", &self.value)?;
        object.optional("writable", &self.writable)?;
        object.optional("get", &self.get)?;
        object.optional("set", &self.set)?;
        object.required("configurable", &self.configurable)?;
        object.required("enumerable", &self.enumerable)?;
        object.optional("wasThrown", &self.was_thrown)?;
        object.optional("isOwn", &self.is_own)?;
        object.optional("symbol", &self.symbol)?;
        object.end()
    }
}

/// Type.
///
/// `Runtime.InternalPropertyDescriptor`.
#[doc(alias = "Runtime.InternalPropertyDescriptor")]
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct InternalPropertyDescriptor {
    /// Member `name`.
    pub name: String,
    /// Member `value`.
    pub value: Option<RemoteObject>,
}

impl wire::Object for InternalPropertyDescriptor {
    const NAME: &'static str = "Runtime.InternalPropertyDescriptor";
    const REQUIRED: &'static [&'static str] = &["name"];
    fn member<'de, A: wire::Members<'de>>(
        &mut self,
        name: &str,
        value: wire::Value<'_, A>,
    ) -> Result<(), A::Error> {
        match name {
            "name" => value.required(&mut self.name),
            "value" => value.optional(&mut self.value),
            _ => value.ignore(),
        }
    }
}
wire::read_object!(InternalPropertyDescriptor);

#[cfg(feature = "mirror")]
impl wire::Serialize for InternalPropertyDescriptor {
    fn serialize<S: wire::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = wire::ObjectWriter::new(serializer)?;
        object.required("name", &self.name)?;
        object.optional("value", &self.value)?;
        object.end()
    }
}

/// Type.
///
/// `Runtime.PrivatePropertyDescriptor`.
#[doc(alias = "Runtime.PrivatePropertyDescriptor")]
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct PrivatePropertyDescriptor {
    /// Member `name`.
    pub name: String,
    /// Member `value`.
    pub value: Option<RemoteObject>,
    /// Member `get`.
    pub get: Option<RemoteObject>,
    /// Member `set`.
    pub set: Option<RemoteObject>,
}

impl wire::Object for PrivatePropertyDescriptor {
    const NAME: &'static str = "Runtime.PrivatePropertyDescriptor";
    const REQUIRED: &'static [&'static str] = &["name"];
    fn member<'de, A: wire::Members<'de>>(
        &mut self,
        name: &str,
        value: wire::Value<'_, A>,
    ) -> Result<(), A::Error> {
        match name {
            "name" => value.required(&mut self.name),
            "value" => value.optional(&mut self.value),
            "get" => value.optional(&mut self.get),
            "set" => value.optional(&mut self.set),
            _ => value.ignore(),
        }
    }
}
wire::read_object!(PrivatePropertyDescriptor);

#[cfg(feature = "mirror")]
impl wire::Serialize for PrivatePropertyDescriptor {
    fn serialize<S: wire::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = wire::ObjectWriter::new(serializer)?;
        object.required("name", &self.name)?;
        object.optional("value", &self.value)?;
        object.optional("get", &self.get)?;
        object.optional("set", &self.set)?;
        object.end()
    }
}

/// Type `Runtime.ExecutionContextId`.
#[doc(alias = "Runtime.ExecutionContextId")]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ExecutionContextId(i64);
wire::integer_newtype!(ExecutionContextId);

/// Type.
///
/// `Runtime.ExecutionContextDescription`.
#[doc(alias = "Runtime.ExecutionContextDescription")]
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct ExecutionContextDescription {
    /// Member `id`.
    pub id: ExecutionContextId,
    /// Member `origin`.
    pub origin: String,
    /// Member `name`.
    pub name: String,
    /// Member `uniqueId`.
    #[doc(alias = "uniqueId")]
    pub unique_id: Option<String>,
    /// Member `auxData`.
    #[doc(alias = "auxData")]
    pub aux_data: Option<wire::Json>,
}

impl wire::Object for ExecutionContextDescription {
    const NAME: &'static str = "Runtime.ExecutionContextDescription";
    const REQUIRED: &'static [&'static str] = &["id", "origin", "name"];
    fn member<'de, A: wire::Members<'de>>(
        &mut self,
        name: &str,
        value: wire::Value<'_, A>,
    ) -> Result<(), A::Error> {
        match name {
            "id" => value.required(&mut self.id),
            "origin" => value.required(&mut self.origin),
            "name" => value.required(&mut self.name),
            "uniqueId" => value.optional(&mut self.unique_id),
            "auxData" => value.optional(&mut self.aux_data),
            _ => value.ignore(),
        }
    }
}
wire::read_object!(ExecutionContextDescription);

#[cfg(feature = "mirror")]
impl wire::Serialize for ExecutionContextDescription {
    fn serialize<S: wire::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = wire::ObjectWriter::new(serializer)?;
        object.required("id", &self.id)?;
        object.required("origin", &self.origin)?;
        object.required("name", &self.name)?;
        object.optional("uniqueId", &self.unique_id)?;
        object.optional("auxData", &self.aux_data)?;
        object.end()
    }
}

/// Type.
///
/// `Runtime.ExceptionDetails`.
#[doc(alias = "Runtime.ExceptionDetails")]
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct ExceptionDetails {
    /// Member `exceptionId`.
    #[doc(alias = "exceptionId")]
    pub exception_id: i64,
    /// Member `text`.
    pub text: String,
    /// Member `lineNumber`.
    #[doc(alias = "lineNumber")]
    pub line_number: i64,
    /// Member `columnNumber`.
    #[doc(alias = "columnNumber")]
    pub column_number: i64,
    /// Member `scriptId`.
    #[doc(alias = "scriptId")]
    pub script_id: Option<ScriptId>,
    /// Member `url`.
    pub url: Option<String>,
    /// Member `stackTrace`.
    #[doc(alias = "stackTrace")]
    pub stack_trace: Option<StackTrace>,
    /// Member `exception`.
    pub exception: Option<RemoteObject>,
    /// Member `executionContextId`.
    #[doc(alias = "executionContextId")]
    pub execution_context_id: Option<ExecutionContextId>,
    /// Member `exceptionMetaData`.
    #[doc(alias = "exceptionMetaData")]
    pub exception_meta_data: Option<wire::Json>,
}

impl wire::Object for ExceptionDetails {
    const NAME: &'static str = "Runtime.ExceptionDetails";
    const REQUIRED: &'static [&'static str] =
        &["exceptionId", "text", "lineNumber", "columnNumber"];
    fn member<'de, A: wire::Members<'de>>(
        &mut self,
        name: &str,
        value: wire::Value<'_, A>,
    ) -> Result<(), A::Error> {
        match name {
            "exceptionId" => value.required(&mut self.exception_id),
            "text" => value.required(&mut self.text),
            "lineNumber" => value.required(&mut self.line_number),
            "columnNumber" => value.required(&mut self.column_number),
            "scriptId" => value.optional(&mut self.script_id),
            "url" => value.optional(&mut self.url),
            "stackTrace" => value.optional(&mut self.stack_trace),
            "exception" => value.optional(&mut self.exception),
            "executionContextId" => value.optional(&mut self.execution_context_id),
            "exceptionMetaData" => value.optional(&mut self.exception_meta_data),
            _ => value.ignore(),
        }
    }
}
wire::read_object!(ExceptionDetails);

#[cfg(feature = "mirror")]
impl wire::Serialize for ExceptionDetails {
    fn serialize<S: wire::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = wire::ObjectWriter::new(serializer)?;
        object.required("exceptionId", &self.exception_id)?;
        object.required("text", &self.text)?;
        object.required("lineNumber", &self.line_number)?;
        object.required("columnNumber", &self.column_number)?;
        object.optional("scriptId", &self.script_id)?;
        object.optional("url", &self.url)?;
        object.optional("stackTrace", &self.stack_trace)?;
        object.optional("exception", &self.exception)?;
        object.optional("executionContextId", &self.execution_context_id)?;
        object.optional("exceptionMetaData", &self.exception_meta_data)?;
        object.end()
    }
}

/// Type `Runtime.TimeDelta`.
#[doc(alias = "Runtime.TimeDelta")]
#[derive(Clone, Copy, Debug, Default, PartialEq, PartialOrd)]
pub struct TimeDelta(f64);
wire::number_newtype!(TimeDelta);

/// Type.
///
/// `Runtime.CallFrame`.
#[doc(alias = "Runtime.CallFrame")]
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct CallFrame {
    /// Member `functionName`.
    #[doc(alias = "functionName")]
    pub function_name: String,
    /// Member `scriptId`.
    #[doc(alias = "scriptId")]
    pub script_id: ScriptId,
    /// Member `url`.
    pub url: String,
    /// Member `lineNumber`.
    #[doc(alias = "lineNumber")]
    pub line_number: i64,
    /// Member `columnNumber`.
    #[doc(alias = "columnNumber")]
    pub column_number: i64,
}

impl wire::Object for CallFrame {
    const NAME: &'static str = "Runtime.CallFrame";
    const REQUIRED: &'static [&'static str] = &[
        "functionName",
        "scriptId",
        "url",
        "lineNumber",
        "columnNumber",
    ];
    fn member<'de, A: wire::Members<'de>>(
        &mut self,
        name: &str,
        value: wire::Value<'_, A>,
    ) -> Result<(), A::Error> {
        match name {
            "functionName" => value.required(&mut self.function_name),
            "scriptId" => value.required(&mut self.script_id),
            "url" => value.required(&mut self.url),
            "lineNumber" => value.required(&mut self.line_number),
            "columnNumber" => value.required(&mut self.column_number),
            _ => value.ignore(),
        }
    }
}
wire::read_object!(CallFrame);

#[cfg(feature = "mirror")]
impl wire::Serialize for CallFrame {
    fn serialize<S: wire::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = wire::ObjectWriter::new(serializer)?;
        object.required("functionName", &self.function_name)?;
        object.required("scriptId", &self.script_id)?;
        object.required("url", &self.url)?;
        object.required("lineNumber", &self.line_number)?;
        object.required("columnNumber", &self.column_number)?;
        object.end()
    }
}

/// Type.
///
/// `Runtime.StackTrace`.
#[doc(alias = "Runtime.StackTrace")]
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct StackTrace {
    /// Member `description`.
    pub description: Option<String>,
    /// Member `callFrames`.
    #[doc(alias = "callFrames")]
    pub call_frames: Vec<CallFrame>,
    /// Member `parent`.
    pub parent: Option<Box<StackTrace>>,
    /// Member `parentId`.
    #[doc(alias = "parentId")]
    pub parent_id: Option<StackTraceId>,
}

impl wire::Object for StackTrace {
    const NAME: &'static str = "Runtime.StackTrace";
    const REQUIRED: &'static [&'static str] = &["callFrames"];
    fn member<'de, A: wire::Members<'de>>(
        &mut self,
        name: &str,
        value: wire::Value<'_, A>,
    ) -> Result<(), A::Error> {
        match name {
            "description" => value.optional(&mut self.description),
            "callFrames" => value.required(&mut self.call_frames),
            "parent" => value.optional(&mut self.parent),
            "parentId" => value.optional(&mut self.parent_id),
            _ => value.ignore(),
        }
    }
}
wire::read_object!(StackTrace);

#[cfg(feature = "mirror")]
impl wire::Serialize for StackTrace {
    fn serialize<S: wire::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = wire::ObjectWriter::new(serializer)?;
        object.optional("description", &self.description)?;
        object.required("callFrames", &self.call_frames)?;
        object.optional("parent", &self.parent)?;
        object.optional("parentId", &self.parent_id)?;
        object.end()
    }
}

/// Type `Runtime.UniqueDebuggerId`.
#[doc(alias = "Runtime.UniqueDebuggerId")]
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UniqueDebuggerId(String);
wire::string_newtype!(UniqueDebuggerId);

/// Type.
///
/// `Runtime.StackTraceId`.
#[doc(alias = "Runtime.StackTraceId")]
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct StackTraceId {
    /// Member `id`.
    pub id: String,
    /// Member `debuggerId`.
    #[doc(alias = "debuggerId")]
    pub debugger_id: Option<UniqueDebuggerId>,
}

impl wire::Object for StackTraceId {
    const NAME: &'static str = "Runtime.StackTraceId";
    const REQUIRED: &'static [&'static str] = &["id"];
    fn member<'de, A: wire::Members<'de>>(
        &mut self,
        name: &str,
        value: wire::Value<'_, A>,
    ) -> Result<(), A::Error> {
        match name {
            "id" => value.required(&mut self.id),
            "debuggerId" => value.optional(&mut self.debugger_id),
            _ => value.ignore(),
        }
    }
}
wire::read_object!(StackTraceId);

#[cfg(feature = "mirror")]
impl wire::Serialize for StackTraceId {
    fn serialize<S: wire::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = wire::ObjectWriter::new(serializer)?;
        object.required("id", &self.id)?;
        object.optional("debuggerId", &self.debugger_id)?;
        object.end()
    }
}

/// Command.
///
/// `Runtime.disable`.
#[doc(alias = "Runtime.disable")]
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Disable {}

impl Disable {
    /// Makes one of what is required.
    pub fn new() -> Self {
        Self {}
    }
}

#[cfg(feature = "mirror")]
impl wire::Object for Disable {
    const NAME: &'static str = "Runtime.disable";
    const REQUIRED: &'static [&'static str] = &[];
    fn member<'de, A: wire::Members<'de>>(
        &mut self,
        _name: &str,
        value: wire::Value<'_, A>,
    ) -> Result<(), A::Error> {
        value.ignore()
    }
}
#[cfg(feature = "mirror")]
wire::read_object!(Disable);

impl wire::Serialize for Disable {
    fn serialize<S: wire::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        wire::ObjectWriter::new(serializer)?.end()
    }
}

impl crate::Command for Disable {
    const METHOD: &'static str = "Runtime.disable";
    type Returns = DisableReturns;
}

/// Returns.
///
/// `Runtime.disable`.
#[doc(alias = "Runtime.disable")]
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct DisableReturns {}

impl wire::Object for DisableReturns {
    const NAME: &'static str = "Runtime.disable";
    const REQUIRED: &'static [&'static str] = &[];
    fn member<'de, A: wire::Members<'de>>(
        &mut self,
        _name: &str,
        value: wire::Value<'_, A>,
    ) -> Result<(), A::Error> {
        value.ignore()
    }
}
wire::read_object!(DisableReturns);

#[cfg(feature = "mirror")]
impl wire::Serialize for DisableReturns {
    fn serialize<S: wire::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        wire::ObjectWriter::new(serializer)?.end()
    }
}

/// Command.
///
/// `Runtime.enable`.
#[doc(alias = "Runtime.enable")]
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Enable {}

impl Enable {
    /// Makes one of what is required.
    pub fn new() -> Self {
        Self {}
    }
}

#[cfg(feature = "mirror")]
impl wire::Object for Enable {
    const NAME: &'static str = "Runtime.enable";
    const REQUIRED: &'static [&'static str] = &[];
    fn member<'de, A: wire::Members<'de>>(
        &mut self,
        _name: &str,
        value: wire::Value<'_, A>,
    ) -> Result<(), A::Error> {
        value.ignore()
    }
}
#[cfg(feature = "mirror")]
wire::read_object!(Enable);

impl wire::Serialize for Enable {
    fn serialize<S: wire::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        wire::ObjectWriter::new(serializer)?.end()
    }
}

impl crate::Command for Enable {
    const METHOD: &'static str = "Runtime.enable";
    type Returns = EnableReturns;
}

/// Returns.
///
/// `Runtime.enable`.
#[doc(alias = "Runtime.enable")]
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct EnableReturns {}

impl wire::Object for EnableReturns {
    const NAME: &'static str = "Runtime.enable";
    const REQUIRED: &'static [&'static str] = &[];
    fn member<'de, A: wire::Members<'de>>(
        &mut self,
        _name: &str,
        value: wire::Value<'_, A>,
    ) -> Result<(), A::Error> {
        value.ignore()
    }
}
wire::read_object!(EnableReturns);

#[cfg(feature = "mirror")]
impl wire::Serialize for EnableReturns {
    fn serialize<S: wire::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        wire::ObjectWriter::new(serializer)?.end()
    }
}

/// Command.
///
/// `Runtime.evaluate`.
#[doc(alias = "Runtime.evaluate")]
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "mirror", derive(Default))]
#[non_exhaustive]
pub struct Evaluate {
    /// Member `expression`.
    pub expression: String,
    /// Member `objectGroup`.
    #[doc(alias = "objectGroup")]
    pub object_group: Option<String>,
    /// Member `includeCommandLineAPI`.
    #[doc(alias = "includeCommandLineAPI")]
    pub include_command_line_api: Option<bool>,
    /// Member `silent`.
    pub silent: Option<bool>,
    /// Member `contextId`.
    #[doc(alias = "contextId")]
    pub context_id: Option<ExecutionContextId>,
    /// Member `returnByValue`.
    #[doc(alias = "returnByValue")]
    pub return_by_value: Option<bool>,
    /// Member `generatePreview`.
    #[doc(alias = "generatePreview")]
    pub generate_preview: Option<bool>,
    /// Member `userGesture`.
    #[doc(alias = "userGesture")]
    pub user_gesture: Option<bool>,
    /// Member `awaitPromise`.
    #[doc(alias = "awaitPromise")]
    pub await_promise: Option<bool>,
    /// Member `throwOnSideEffect`.
    #[doc(alias = "throwOnSideEffect")]
    pub throw_on_side_effect: Option<bool>,
    /// Member `timeout`.
    pub timeout: Option<TimeDelta>,
    /// Member `disableBreaks`.
    #[doc(alias = "disableBreaks")]
    pub disable_breaks: Option<bool>,
    /// Member `replMode`.
    #[doc(alias = "replMode")]
    pub repl_mode: Option<bool>,
    /// Member `allowUnsafeEvalBlockedByCSP`.
    #[doc(alias = "allowUnsafeEvalBlockedByCSP")]
    pub allow_unsafe_eval_blocked_by_csp: Option<bool>,
    /// Member `uniqueContextId`.
    #[doc(alias = "uniqueContextId")]
    pub unique_context_id: Option<String>,
    /// Member `serializationOptions`.
    #[doc(alias = "serializationOptions")]
    pub serialization_options: Option<SerializationOptions>,
    /// Member `generateWebDriverValue`.
    #[doc(alias = "generateWebDriverValue")]
    pub generate_web_driver_value: Option<bool>,
}

impl Evaluate {
    /// Makes one of what is required.
    pub fn new(expression: impl Into<String>) -> Self {
        Self {
            expression: expression.into(),
            object_group: None,
            include_command_line_api: None,
            silent: None,
            context_id: None,
            return_by_value: None,
            generate_preview: None,
            user_gesture: None,
            await_promise: None,
            throw_on_side_effect: None,
            timeout: None,
            disable_breaks: None,
            repl_mode: None,
            allow_unsafe_eval_blocked_by_csp: None,
            unique_context_id: None,
            serialization_options: None,
            generate_web_driver_value: None,
        }
    }
    /// Sets `objectGroup`.
    pub fn object_group(mut self, object_group: impl Into<String>) -> Self {
        self.object_group = Some(object_group.into());
        self
    }
    /// Sets `includeCommandLineAPI`.
    pub fn include_command_line_api(mut self, include_command_line_api: bool) -> Self {
        self.include_command_line_api = Some(include_command_line_api);
        self
    }
    /// Sets `silent`.
    pub fn silent(mut self, silent: bool) -> Self {
        self.silent = Some(silent);
        self
    }
    /// Sets `contextId`.
    pub fn context_id(mut self, context_id: ExecutionContextId) -> Self {
        self.context_id = Some(context_id);
        self
    }
    /// Sets `returnByValue`.
    pub fn return_by_value(mut self, return_by_value: bool) -> Self {
        self.return_by_value = Some(return_by_value);
        self
    }
    /// Sets `generatePreview`.
    pub fn generate_preview(mut self, generate_preview: bool) -> Self {
        self.generate_preview = Some(generate_preview);
        self
    }
    /// Sets `userGesture`.
    pub fn user_gesture(mut self, user_gesture: bool) -> Self {
        self.user_gesture = Some(user_gesture);
        self
    }
    /// Sets `awaitPromise`.
    pub fn await_promise(mut self, await_promise: bool) -> Self {
        self.await_promise = Some(await_promise);
        self
    }
    /// Sets `throwOnSideEffect`.
    pub fn throw_on_side_effect(mut self, throw_on_side_effect: bool) -> Self {
        self.throw_on_side_effect = Some(throw_on_side_effect);
        self
    }
    /// Sets `timeout`.
    pub fn timeout(mut self, timeout: TimeDelta) -> Self {
        self.timeout = Some(timeout);
        self
    }
    /// Sets `disableBreaks`.
    pub fn disable_breaks(mut self, disable_breaks: bool) -> Self {
        self.disable_breaks = Some(disable_breaks);
        self
    }
    /// Sets `replMode`.
    pub fn repl_mode(mut self, repl_mode: bool) -> Self {
        self.repl_mode = Some(repl_mode);
        self
    }
    /// Sets `allowUnsafeEvalBlockedByCSP`.
    pub fn allow_unsafe_eval_blocked_by_csp(
        mut self,
        allow_unsafe_eval_blocked_by_csp: bool,
    ) -> Self {
        self.allow_unsafe_eval_blocked_by_csp = Some(allow_unsafe_eval_blocked_by_csp);
        self
    }
    /// Sets `uniqueContextId`.
    pub fn unique_context_id(mut self, unique_context_id: impl Into<String>) -> Self {
        self.unique_context_id = Some(unique_context_id.into());
        self
    }
    /// Sets `serializationOptions`.
    pub fn serialization_options(mut self, serialization_options: SerializationOptions) -> Self {
        self.serialization_options = Some(serialization_options);
        self
    }
    /// Sets `generateWebDriverValue`.
    pub fn generate_web_driver_value(mut self, generate_web_driver_value: bool) -> Self {
        self.generate_web_driver_value = Some(generate_web_driver_value);
        self
    }
}

#[cfg(feature = "mirror")]
impl wire::Object for Evaluate {
    const NAME: &'static str = "Runtime.evaluate";
    const REQUIRED: &'static [&'static str] = &["expression"];
    fn member<'de, A: wire::Members<'de>>(
        &mut self,
        name: &str,
        value: wire::Value<'_, A>,
    ) -> Result<(), A::Error> {
        match name {
            "expression" => value.required(&mut self.expression),
            "objectGroup" => value.optional(&mut self.object_group),
            "includeCommandLineAPI" => value.optional(&mut self.include_command_line_api),
            "silent" => value.optional(&mut self.silent),
            "contextId" => value.optional(&mut self.context_id),
            "returnByValue" => value.optional(&mut self.return_by_value),
            "generatePreview" => value.optional(&mut self.generate_preview),
            "userGesture" => value.optional(&mut self.user_gesture),
            "awaitPromise" => value.optional(&mut self.await_promise),
            "throwOnSideEffect" => value.optional(&mut self.throw_on_side_effect),
            "timeout" => value.optional(&mut self.timeout),
            "disableBreaks" => value.optional(&mut self.disable_breaks),
            "replMode" => value.optional(&mut self.repl_mode),
            "allowUnsafeEvalBlockedByCSP" => {
                value.optional(&mut self.allow_unsafe_eval_blocked_by_csp)
            }
            "uniqueContextId" => value.optional(&mut self.unique_context_id),
            "serializationOptions" => value.optional(&mut self.serialization_options),
            "generateWebDriverValue" => value.optional(&mut self.generate_web_driver_value),
            _ => value.ignore(),
        }
    }
}
#[cfg(feature = "mirror")]
wire::read_object!(Evaluate);

impl wire::Serialize for Evaluate {
    fn serialize<S: wire::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = wire::ObjectWriter::new(serializer)?;
        object.required("expression", &self.expression)?;
        object.optional("objectGroup", &self.object_group)?;
        object.optional("includeCommandLineAPI", &self.include_command_line_api)?;
        object.optional("silent", &self.silent)?;
        object.optional("contextId", &self.context_id)?;
        object.optional("returnByValue", &self.return_by_value)?;
        object.optional("generatePreview", &self.generate_preview)?;
        object.optional("userGesture", &self.user_gesture)?;
        object.optional("awaitPromise", &self.await_promise)?;
        object.optional("throwOnSideEffect", &self.throw_on_side_effect)?;
        object.optional("timeout", &self.timeout)?;
        object.optional("disableBreaks", &self.disable_breaks)?;
        object.optional("replMode", &self.repl_mode)?;
        object.optional(
            "allowUnsafeEvalBlockedByCSP",
            &self.allow_unsafe_eval_blocked_by_csp,
        )?;
        object.optional("uniqueContextId", &self.unique_context_id)?;
        object.optional("serializationOptions", &self.serialization_options)?;
        object.optional("generateWebDriverValue", &self.generate_web_driver_value)?;
        object.end()
    }
}

impl crate::Command for Evaluate {
    const METHOD: &'static str = "Runtime.evaluate";
    type Returns = EvaluateReturns;
}

/// Returns.
///
/// `Runtime.evaluate`.
#[doc(alias = "Runtime.evaluate")]
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct EvaluateReturns {
    /// Member `result`.
    pub result: RemoteObject,
    /// Member `exceptionDetails`.
    #[doc(alias = "exceptionDetails")]
    pub exception_details: Option<ExceptionDetails>,
}

impl wire::Object for EvaluateReturns {
    const NAME: &'static str = "Runtime.evaluate";
    const REQUIRED: &'static [&'static str] = &["result"];
    fn member<'de, A: wire::Members<'de>>(
        &mut self,
        name: &str,
        value: wire::Value<'_, A>,
    ) -> Result<(), A::Error> {
        match name {
            "result" => value.required(&mut self.result),
            "exceptionDetails" => value.optional(&mut self.exception_details),
            _ => value.ignore(),
        }
    }
}
wire::read_object!(EvaluateReturns);

#[cfg(feature = "mirror")]
impl wire::Serialize for EvaluateReturns {
    fn serialize<S: wire::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = wire::ObjectWriter::new(serializer)?;
        object.required("result", &self.result)?;
        object.optional("exceptionDetails", &self.exception_details)?;
        object.end()
    }
}

/// Command.
///
/// `Runtime.getHeapUsage`.
#[doc(alias = "Runtime.getHeapUsage")]
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct GetHeapUsage {}

impl GetHeapUsage {
    /// Makes one of what is required.
    pub fn new() -> Self {
        Self {}
    }
}

#[cfg(feature = "mirror")]
impl wire::Object for GetHeapUsage {
    const NAME: &'static str = "Runtime.getHeapUsage";
    const REQUIRED: &'static [&'static str] = &[];
    fn member<'de, A: wire::Members<'de>>(
        &mut self,
        _name: &str,
        value: wire::Value<'_, A>,
    ) -> Result<(), A::Error> {
        value.ignore()
    }
}
#[cfg(feature = "mirror")]
wire::read_object!(GetHeapUsage);

impl wire::Serialize for GetHeapUsage {
    fn serialize<S: wire::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        wire::ObjectWriter::new(serializer)?.end()
    }
}

impl crate::Command for GetHeapUsage {
    const METHOD: &'static str = "Runtime.getHeapUsage";
    type Returns = GetHeapUsageReturns;
}

/// Returns.
///
/// `Runtime.getHeapUsage`.
#[doc(alias = "Runtime.getHeapUsage")]
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct GetHeapUsageReturns {
    /// Member `usedSize`.
    #[doc(alias = "usedSize")]
    pub used_size: f64,
    /// Member `totalSize`.
    #[doc(alias = "totalSize")]
    pub total_size: f64,
    /// Member `embedderHeapUsedSize`.
    #[doc(alias = "embedderHeapUsedSize")]
    pub embedder_heap_used_size: Option<f64>,
    /// Member `backingStorageSize`.
    #[doc(alias = "backingStorageSize")]
    pub backing_storage_size: Option<f64>,
}

impl wire::Object for GetHeapUsageReturns {
    const NAME: &'static str = "Runtime.getHeapUsage";
    const REQUIRED: &'static [&'static str] = &["usedSize", "totalSize"];
    fn member<'de, A: wire::Members<'de>>(
        &mut self,
        name: &str,
        value: wire::Value<'_, A>,
    ) -> Result<(), A::Error> {
        match name {
            "usedSize" => value.required(&mut self.used_size),
            "totalSize" => value.required(&mut self.total_size),
            "embedderHeapUsedSize" => value.optional(&mut self.embedder_heap_used_size),
            "backingStorageSize" => value.optional(&mut self.backing_storage_size),
            _ => value.ignore(),
        }
    }
}
wire::read_object!(GetHeapUsageReturns);

#[cfg(feature = "mirror")]
impl wire::Serialize for GetHeapUsageReturns {
    fn serialize<S: wire::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = wire::ObjectWriter::new(serializer)?;
        object.required("usedSize", &self.used_size)?;
        object.required("totalSize", &self.total_size)?;
        object.optional("embedderHeapUsedSize", &self.embedder_heap_used_size)?;
        object.optional("backingStorageSize", &self.backing_storage_size)?;
        object.end()
    }
}

/// Command.
///
/// `Runtime.getProperties`.
#[doc(alias = "Runtime.getProperties")]
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "mirror", derive(Default))]
#[non_exhaustive]
pub struct GetProperties {
    /// Member `objectId`.
    #[doc(alias = "objectId")]
    pub object_id: RemoteObjectId,
    /// Member `ownProperties`.
    #[doc(alias = "ownProperties")]
    pub own_properties: Option<bool>,
    /// Member `accessorPropertiesOnly`.
    #[doc(alias = "accessorPropertiesOnly")]
    pub accessor_properties_only: Option<bool>,
    /// Member `generatePreview`.
    #[doc(alias = "generatePreview")]
    pub generate_preview: Option<bool>,
    /// Member `nonIndexedPropertiesOnly`.
    #[doc(alias = "nonIndexedPropertiesOnly")]
    pub non_indexed_properties_only: Option<bool>,
}

impl GetProperties {
    /// Makes one of what is required.
    pub fn new(object_id: impl Into<RemoteObjectId>) -> Self {
        Self {
            object_id: object_id.into(),
            own_properties: None,
            accessor_properties_only: None,
            generate_preview: None,
            non_indexed_properties_only: None,
        }
    }
    /// Sets `ownProperties`.
    pub fn own_properties(mut self, own_properties: bool) -> Self {
        self.own_properties = Some(own_properties);
        self
    }
    /// Sets `accessorPropertiesOnly`.
    pub fn accessor_properties_only(mut self, accessor_properties_only: bool) -> Self {
        self.accessor_properties_only = Some(accessor_properties_only);
        self
    }
    /// Sets `generatePreview`.
    pub fn generate_preview(mut self, generate_preview: bool) -> Self {
        self.generate_preview = Some(generate_preview);
        self
    }
    /// Sets `nonIndexedPropertiesOnly`.
    pub fn non_indexed_properties_only(mut self, non_indexed_properties_only: bool) -> Self {
        self.non_indexed_properties_only = Some(non_indexed_properties_only);
        self
    }
}

#[cfg(feature = "mirror")]
impl wire::Object for GetProperties {
    const NAME: &'static str = "Runtime.getProperties";
    const REQUIRED: &'static [&'static str] = &["objectId"];
    fn member<'de, A: wire::Members<'de>>(
        &mut self,
        name: &str,
        value: wire::Value<'_, A>,
    ) -> Result<(), A::Error> {
        match name {
            "objectId" => value.required(&mut self.object_id),
            "ownProperties" => value.optional(&mut self.own_properties),
            "accessorPropertiesOnly" => value.optional(&mut self.accessor_properties_only),
            "generatePreview" => value.optional(&mut self.generate_preview),
            "nonIndexedPropertiesOnly" => value.optional(&mut self.non_indexed_properties_only),
            _ => value.ignore(),
        }
    }
}
#[cfg(feature = "mirror")]
wire::read_object!(GetProperties);

impl wire::Serialize for GetProperties {
    fn serialize<S: wire::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = wire::ObjectWriter::new(serializer)?;
        object.required("objectId", &self.object_id)?;
        object.optional("ownProperties", &self.own_properties)?;
        object.optional("accessorPropertiesOnly", &self.accessor_properties_only)?;
        object.optional("generatePreview", &self.generate_preview)?;
        object.optional(
            "nonIndexedPropertiesOnly",
            &self.non_indexed_properties_only,
        )?;
        object.end()
    }
}

impl crate::Command for GetProperties {
    const METHOD: &'static str = "Runtime.getProperties";
    type Returns = GetPropertiesReturns;
}

/// Returns.
///
/// `Runtime.getProperties`.
#[doc(alias = "Runtime.getProperties")]
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct GetPropertiesReturns {
    /// Member `result`.
    pub result: Vec<PropertyDescriptor>,
    /// Member `internalProperties`.
    #[doc(alias = "internalProperties")]
    pub internal_properties: Option<Vec<InternalPropertyDescriptor>>,
    /// Member `privateProperties`.
    #[doc(alias = "privateProperties")]
    pub private_properties: Option<Vec<PrivatePropertyDescriptor>>,
    /// Member `exceptionDetails`.
    #[doc(alias = "exceptionDetails")]
    pub exception_details: Option<ExceptionDetails>,
}

impl wire::Object for GetPropertiesReturns {
    const NAME: &'static str = "Runtime.getProperties";
    const REQUIRED: &'static [&'static str] = &["result"];
    fn member<'de, A: wire::Members<'de>>(
        &mut self,
        name: &str,
        value: wire::Value<'_, A>,
    ) -> Result<(), A::Error> {
        match name {
            "result" => value.required(&mut self.result),
            "internalProperties" => value.optional(&mut self.internal_properties),
            "privateProperties" => value.optional(&mut self.private_properties),
            "exceptionDetails" => value.optional(&mut self.exception_details),
            _ => value.ignore(),
        }
    }
}
wire::read_object!(GetPropertiesReturns);

#[cfg(feature = "mirror")]
impl wire::Serialize for GetPropertiesReturns {
    fn serialize<S: wire::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = wire::ObjectWriter::new(serializer)?;
        object.required("result", &self.result)?;
        object.optional("internalProperties", &self.internal_properties)?;
        object.optional("privateProperties", &self.private_properties)?;
        object.optional("exceptionDetails", &self.exception_details)?;
        object.end()
    }
}

/// Command.
///
/// `Runtime.releaseObject`.
#[doc(alias = "Runtime.releaseObject")]
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "mirror", derive(Default))]
#[non_exhaustive]
pub struct ReleaseObject {
    /// Member `objectId`.
    #[doc(alias = "objectId")]
    pub object_id: RemoteObjectId,
}

impl ReleaseObject {
    /// Makes one of what is required.
    pub fn new(object_id: impl Into<RemoteObjectId>) -> Self {
        Self {
            object_id: object_id.into(),
        }
    }
}

#[cfg(feature = "mirror")]
impl wire::Object for ReleaseObject {
    const NAME: &'static str = "Runtime.releaseObject";
    const REQUIRED: &'static [&'static str] = &["objectId"];
    fn member<'de, A: wire::Members<'de>>(
        &mut self,
        name: &str,
        value: wire::Value<'_, A>,
    ) -> Result<(), A::Error> {
        match name {
            "objectId" => value.required(&mut self.object_id),
            _ => value.ignore(),
        }
    }
}
#[cfg(feature = "mirror")]
wire::read_object!(ReleaseObject);

impl wire::Serialize for ReleaseObject {
    fn serialize<S: wire::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = wire::ObjectWriter::new(serializer)?;
        object.required("objectId", &self.object_id)?;
        object.end()
    }
}

impl crate::Command for ReleaseObject {
    const METHOD: &'static str = "Runtime.releaseObject";
    type Returns = ReleaseObjectReturns;
}

/// Returns.
///
/// `Runtime.releaseObject`.
#[doc(alias = "Runtime.releaseObject")]
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct ReleaseObjectReturns {}

impl wire::Object for ReleaseObjectReturns {
    const NAME: &'static str = "Runtime.releaseObject";
    const REQUIRED: &'static [&'static str] = &[];
    fn member<'de, A: wire::Members<'de>>(
        &mut self,
        _name: &str,
        value: wire::Value<'_, A>,
    ) -> Result<(), A::Error> {
        value.ignore()
    }
}
wire::read_object!(ReleaseObjectReturns);

#[cfg(feature = "mirror")]
impl wire::Serialize for ReleaseObjectReturns {
    fn serialize<S: wire::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        wire::ObjectWriter::new(serializer)?.end()
    }
}

/// Command.
///
/// `Runtime.releaseObjectGroup`.
#[doc(alias = "Runtime.releaseObjectGroup")]
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "mirror", derive(Default))]
#[non_exhaustive]
pub struct ReleaseObjectGroup {
    /// Member `objectGroup`.
    #[doc(alias = "objectGroup")]
    pub object_group: String,
}

impl ReleaseObjectGroup {
    /// Makes one of what is required.
    pub fn new(object_group: impl Into<String>) -> Self {
        Self {
            object_group: object_group.into(),
        }
    }
}

#[cfg(feature = "mirror")]
impl wire::Object for ReleaseObjectGroup {
    const NAME: &'static str = "Runtime.releaseObjectGroup";
    const REQUIRED: &'static [&'static str] = &["objectGroup"];
    fn member<'de, A: wire::Members<'de>>(
        &mut self,
        name: &str,
        value: wire::Value<'_, A>,
    ) -> Result<(), A::Error> {
        match name {
            "objectGroup" => value.required(&mut self.object_group),
            _ => value.ignore(),
        }
    }
}
#[cfg(feature = "mirror")]
wire::read_object!(ReleaseObjectGroup);

impl wire::Serialize for ReleaseObjectGroup {
    fn serialize<S: wire::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = wire::ObjectWriter::new(serializer)?;
        object.required("objectGroup", &self.object_group)?;
        object.end()
    }
}

impl crate::Command for ReleaseObjectGroup {
    const METHOD: &'static str = "Runtime.releaseObjectGroup";
    type Returns = ReleaseObjectGroupReturns;
}

/// Returns.
///
/// `Runtime.releaseObjectGroup`.
#[doc(alias = "Runtime.releaseObjectGroup")]
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct ReleaseObjectGroupReturns {}

impl wire::Object for ReleaseObjectGroupReturns {
    const NAME: &'static str = "Runtime.releaseObjectGroup";
    const REQUIRED: &'static [&'static str] = &[];
    fn member<'de, A: wire::Members<'de>>(
        &mut self,
        _name: &str,
        value: wire::Value<'_, A>,
    ) -> Result<(), A::Error> {
        value.ignore()
    }
}
wire::read_object!(ReleaseObjectGroupReturns);

#[cfg(feature = "mirror")]
impl wire::Serialize for ReleaseObjectGroupReturns {
    fn serialize<S: wire::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        wire::ObjectWriter::new(serializer)?.end()
    }
}

/// Command.
///
/// `Runtime.runIfWaitingForDebugger`.
#[doc(alias = "Runtime.runIfWaitingForDebugger")]
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct RunIfWaitingForDebugger {}

impl RunIfWaitingForDebugger {
    /// Makes one of what is required.
    pub fn new() -> Self {
        Self {}
    }
}

#[cfg(feature = "mirror")]
impl wire::Object for RunIfWaitingForDebugger {
    const NAME: &'static str = "Runtime.runIfWaitingForDebugger";
    const REQUIRED: &'static [&'static str] = &[];
    fn member<'de, A: wire::Members<'de>>(
        &mut self,
        _name: &str,
        value: wire::Value<'_, A>,
    ) -> Result<(), A::Error> {
        value.ignore()
    }
}
#[cfg(feature = "mirror")]
wire::read_object!(RunIfWaitingForDebugger);

impl wire::Serialize for RunIfWaitingForDebugger {
    fn serialize<S: wire::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        wire::ObjectWriter::new(serializer)?.end()
    }
}

impl crate::Command for RunIfWaitingForDebugger {
    const METHOD: &'static str = "Runtime.runIfWaitingForDebugger";
    type Returns = RunIfWaitingForDebuggerReturns;
}

/// Returns.
///
/// `Runtime.runIfWaitingForDebugger`.
#[doc(alias = "Runtime.runIfWaitingForDebugger")]
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct RunIfWaitingForDebuggerReturns {}

impl wire::Object for RunIfWaitingForDebuggerReturns {
    const NAME: &'static str = "Runtime.runIfWaitingForDebugger";
    const REQUIRED: &'static [&'static str] = &[];
    fn member<'de, A: wire::Members<'de>>(
        &mut self,
        _name: &str,
        value: wire::Value<'_, A>,
    ) -> Result<(), A::Error> {
        value.ignore()
    }
}
wire::read_object!(RunIfWaitingForDebuggerReturns);

#[cfg(feature = "mirror")]
impl wire::Serialize for RunIfWaitingForDebuggerReturns {
    fn serialize<S: wire::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        wire::ObjectWriter::new(serializer)?.end()
    }
}

/// The commands of the `Runtime` domain, for every client.
pub trait RuntimeCommands: crate::Client {
    /// `Runtime.disable`.
    fn disable(&self, command: Disable) -> Self::Reply<'_, Disable> {
        crate::Client::call(self, command)
    }
    /// `Runtime.enable`.
    fn enable(&self, command: Enable) -> Self::Reply<'_, Enable> {
        crate::Client::call(self, command)
    }
    /// `Runtime.evaluate`.
    fn evaluate(&self, command: Evaluate) -> Self::Reply<'_, Evaluate> {
        crate::Client::call(self, command)
    }
    /// `Runtime.getHeapUsage`.
    fn get_heap_usage(&self, command: GetHeapUsage) -> Self::Reply<'_, GetHeapUsage> {
        crate::Client::call(self, command)
    }
    /// `Runtime.getProperties`.
    fn get_properties(&self, command: GetProperties) -> Self::Reply<'_, GetProperties> {
        crate::Client::call(self, command)
    }
    /// `Runtime.releaseObject`.
    fn release_object(&self, command: ReleaseObject) -> Self::Reply<'_, ReleaseObject> {
        crate::Client::call(self, command)
    }
    /// `Runtime.releaseObjectGroup`.
    fn release_object_group(
        &self,
        command: ReleaseObjectGroup,
    ) -> Self::Reply<'_, ReleaseObjectGroup> {
        crate::Client::call(self, command)
    }
    /// `Runtime.runIfWaitingForDebugger`.
    fn run_if_waiting_for_debugger(
        &self,
        command: RunIfWaitingForDebugger,
    ) -> Self::Reply<'_, RunIfWaitingForDebugger> {
        crate::Client::call(self, command)
    }
}
impl<C: crate::Client + ?Sized> RuntimeCommands for C {}

/// Event.
///
/// `Runtime.executionContextCreated`.
#[doc(alias = "Runtime.executionContextCreated")]
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct ExecutionContextCreatedEvent {
    /// Member `context`.
    pub context: ExecutionContextDescription,
}

impl wire::Object for ExecutionContextCreatedEvent {
    const NAME: &'static str = "Runtime.executionContextCreated";
    const REQUIRED: &'static [&'static str] = &["context"];
    fn member<'de, A: wire::Members<'de>>(
        &mut self,
        name: &str,
        value: wire::Value<'_, A>,
    ) -> Result<(), A::Error> {
        match name {
            "context" => value.required(&mut self.context),
            _ => value.ignore(),
        }
    }
}
wire::read_object!(ExecutionContextCreatedEvent);

#[cfg(feature = "mirror")]
impl wire::Serialize for ExecutionContextCreatedEvent {
    fn serialize<S: wire::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = wire::ObjectWriter::new(serializer)?;
        object.required("context", &self.context)?;
        object.end()
    }
}

impl crate::Event for ExecutionContextCreatedEvent {
    const METHOD: &'static str = "Runtime.executionContextCreated";
}

/// Event.
///
/// `Runtime.executionContextDestroyed`.
#[doc(alias = "Runtime.executionContextDestroyed")]
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct ExecutionContextDestroyedEvent {
    /// Member `executionContextId`.
    #[doc(alias = "executionContextId")]
    pub execution_context_id: ExecutionContextId,
    /// Member `executionContextUniqueId`.
    #[doc(alias = "executionContextUniqueId")]
    pub execution_context_unique_id: Option<String>,
}

impl wire::Object for ExecutionContextDestroyedEvent {
    const NAME: &'static str = "Runtime.executionContextDestroyed";
    const REQUIRED: &'static [&'static str] = &["executionContextId"];
    fn member<'de, A: wire::Members<'de>>(
        &mut self,
        name: &str,
        value: wire::Value<'_, A>,
    ) -> Result<(), A::Error> {
        match name {
            "executionContextId" => value.required(&mut self.execution_context_id),
            "executionContextUniqueId" => value.optional(&mut self.execution_context_unique_id),
            _ => value.ignore(),
        }
    }
}
wire::read_object!(ExecutionContextDestroyedEvent);

#[cfg(feature = "mirror")]
impl wire::Serialize for ExecutionContextDestroyedEvent {
    fn serialize<S: wire::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = wire::ObjectWriter::new(serializer)?;
        object.required("executionContextId", &self.execution_context_id)?;
        object.optional(
            "executionContextUniqueId",
            &self.execution_context_unique_id,
        )?;
        object.end()
    }
}

impl crate::Event for ExecutionContextDestroyedEvent {
    const METHOD: &'static str = "Runtime.executionContextDestroyed";
}

/// Event.
///
/// `Runtime.executionContextsCleared`.
#[doc(alias = "Runtime.executionContextsCleared")]
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct ExecutionContextsClearedEvent {}

impl wire::Object for ExecutionContextsClearedEvent {
    const NAME: &'static str = "Runtime.executionContextsCleared";
    const REQUIRED: &'static [&'static str] = &[];
    fn member<'de, A: wire::Members<'de>>(
        &mut self,
        _name: &str,
        value: wire::Value<'_, A>,
    ) -> Result<(), A::Error> {
        value.ignore()
    }
}
wire::read_object!(ExecutionContextsClearedEvent);

#[cfg(feature = "mirror")]
impl wire::Serialize for ExecutionContextsClearedEvent {
    fn serialize<S: wire::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        wire::ObjectWriter::new(serializer)?.end()
    }
}

impl crate::Event for ExecutionContextsClearedEvent {
    const METHOD: &'static str = "Runtime.executionContextsCleared";
}

/// The events of the `Runtime` domain.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum RuntimeEvent {
    /// `Runtime.executionContextCreated`
    ExecutionContextCreated(ExecutionContextCreatedEvent),
    /// `Runtime.executionContextDestroyed`
    ExecutionContextDestroyed(ExecutionContextDestroyedEvent),
    /// `Runtime.executionContextsCleared`
    ExecutionContextsCleared(ExecutionContextsClearedEvent),
}

impl RuntimeEvent {
    /// Decodes an event of this domain; `None` if the domain has no event of that method.
    pub fn decode(method: &str, params: &str) -> Option<Result<Self, crate::DecodeError>> {
        Some(match method {
            <ExecutionContextCreatedEvent as crate::Event>::METHOD => {
                crate::decode(params).map(Self::ExecutionContextCreated)
            }
            <ExecutionContextDestroyedEvent as crate::Event>::METHOD => {
                crate::decode(params).map(Self::ExecutionContextDestroyed)
            }
            <ExecutionContextsClearedEvent as crate::Event>::METHOD => {
                crate::decode(params).map(Self::ExecutionContextsCleared)
            }
            _ => return None,
        })
    }
    /// The method.
    pub fn method(&self) -> &'static str {
        match self {
            Self::ExecutionContextCreated(_) => {
                <ExecutionContextCreatedEvent as crate::Event>::METHOD
            }
            Self::ExecutionContextDestroyed(_) => {
                <ExecutionContextDestroyedEvent as crate::Event>::METHOD
            }
            Self::ExecutionContextsCleared(_) => {
                <ExecutionContextsClearedEvent as crate::Event>::METHOD
            }
        }
    }
}

/// Literals of `Runtime.SerializationOptions.serialization`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SerializationOptionsSerialization {
    /// `deep`
    Deep,
    /// `json`
    Json,
    /// `idOnly`
    IdOnly,
    /// A literal that this version of the bindings does not know, as it came.
    Unrecognized(String),
}
impl wire::StringEnum for SerializationOptionsSerialization {
    const LITERALS: &'static [(&'static str, Self)] = &[
        ("deep", Self::Deep),
        ("json", Self::Json),
        ("idOnly", Self::IdOnly),
    ];
    fn unrecognized(literal: String) -> Self {
        Self::Unrecognized(literal)
    }
    fn as_str(&self) -> &str {
        match self {
            Self::Deep => "deep",
            Self::Json => "json",
            Self::IdOnly => "idOnly",
            Self::Unrecognized(literal) => literal,
        }
    }
}
wire::string_enum!(SerializationOptionsSerialization);

/// Literals of `Runtime.DeepSerializedValue.type`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum DeepSerializedValueType {
    /// `undefined`
    Undefined,
    /// `null`
    Null,
    /// `string`
    String,
    /// `number`
    Number,
    /// `boolean`
    Boolean,
    /// `bigint`
    Bigint,
    /// `regexp`
    Regexp,
    /// `date`
    Date,
    /// `symbol`
    Symbol,
    /// `array`
    Array,
    /// `object`
    Object,
    /// `function`
    Function,
    /// `map`
    Map,
    /// `set`
    Set,
    /// `weakmap`
    Weakmap,
    /// `weakset`
    Weakset,
    /// `error`
    Error,
    /// `proxy`
    Proxy,
    /// `promise`
    Promise,
    /// `typedarray`
    Typedarray,
    /// `arraybuffer`
    Arraybuffer,
    /// `node`
    Node,
    /// `window`
    Window,
    /// `generator`
    Generator,
    /// A literal that this version of the bindings does not know, as it came.
    Unrecognized(String),
}
impl wire::StringEnum for DeepSerializedValueType {
    const LITERALS: &'static [(&'static str, Self)] = &[
        ("undefined", Self::Undefined),
        ("null", Self::Null),
        ("string", Self::String),
        ("number", Self::Number),
        ("boolean", Self::Boolean),
        ("bigint", Self::Bigint),
        ("regexp", Self::Regexp),
        ("date", Self::Date),
        ("symbol", Self::Symbol),
        ("array", Self::Array),
        ("object", Self::Object),
        ("function", Self::Function),
        ("map", Self::Map),
        ("set", Self::Set),
        ("weakmap", Self::Weakmap),
        ("weakset", Self::Weakset),
        ("error", Self::Error),
        ("proxy", Self::Proxy),
        ("promise", Self::Promise),
        ("typedarray", Self::Typedarray),
        ("arraybuffer", Self::Arraybuffer),
        ("node", Self::Node),
        ("window", Self::Window),
        ("generator", Self::Generator),
    ];
    fn unrecognized(literal: String) -> Self {
        Self::Unrecognized(literal)
    }
    fn as_str(&self) -> &str {
        match self {
            Self::Undefined => "undefined",
            Self::Null => "null",
            Self::String => "string",
            Self::Number => "number",
            Self::Boolean => "boolean",
            Self::Bigint => "bigint",
            Self::Regexp => "regexp",
            Self::Date => "date",
            Self::Symbol => "symbol",
            Self::Array => "array",
            Self::Object => "object",
            Self::Function => "function",
            Self::Map => "map",
            Self::Set => "set",
            Self::Weakmap => "weakmap",
            Self::Weakset => "weakset",
            Self::Error => "error",
            Self::Proxy => "proxy",
            Self::Promise => "promise",
            Self::Typedarray => "typedarray",
            Self::Arraybuffer => "arraybuffer",
            Self::Node => "node",
            Self::Window => "window",
            Self::Generator => "generator",
            Self::Unrecognized(literal) => literal,
        }
    }
}
wire::string_enum!(DeepSerializedValueType);

/// Literals of `Runtime.WebDriverValue.type`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum WebDriverValueType {
    /// `undefined`
    Undefined,
    /// `null`
    Null,
    /// `string`
    String,
    /// `number`
    Number,
    /// `boolean`
    Boolean,
    /// `bigint`
    Bigint,
    /// `regexp`
    Regexp,
    /// `date`
    Date,
    /// `symbol`
    Symbol,
    /// `array`
    Array,
    /// `object`
    Object,
    /// `function`
    Function,
    /// `map`
    Map,
    /// `set`
    Set,
    /// `weakmap`
    Weakmap,
    /// `weakset`
    Weakset,
    /// `error`
    Error,
    /// `proxy`
    Proxy,
    /// `promise`
    Promise,
    /// `typedarray`
    Typedarray,
    /// `arraybuffer`
    Arraybuffer,
    /// `node`
    Node,
    /// `window`
    Window,
    /// A literal that this version of the bindings does not know, as it came.
    Unrecognized(String),
}
impl wire::StringEnum for WebDriverValueType {
    const LITERALS: &'static [(&'static str, Self)] = &[
        ("undefined", Self::Undefined),
        ("null", Self::Null),
        ("string", Self::String),
        ("number", Self::Number),
        ("boolean", Self::Boolean),
        ("bigint", Self::Bigint),
        ("regexp", Self::Regexp),
        ("date", Self::Date),
        ("symbol", Self::Symbol),
        ("array", Self::Array),
        ("object", Self::Object),
        ("function", Self::Function),
        ("map", Self::Map),
        ("set", Self::Set),
        ("weakmap", Self::Weakmap),
        ("weakset", Self::Weakset),
        ("error", Self::Error),
        ("proxy", Self::Proxy),
        ("promise", Self::Promise),
        ("typedarray", Self::Typedarray),
        ("arraybuffer", Self::Arraybuffer),
        ("node", Self::Node),
        ("window", Self::Window),
    ];
    fn unrecognized(literal: String) -> Self {
        Self::Unrecognized(literal)
    }
    fn as_str(&self) -> &str {
        match self {
            Self::Undefined => "undefined",
            Self::Null => "null",
            Self::String => "string",
            Self::Number => "number",
            Self::Boolean => "boolean",
            Self::Bigint => "bigint",
            Self::Regexp => "regexp",
            Self::Date => "date",
            Self::Symbol => "symbol",
            Self::Array => "array",
            Self::Object => "object",
            Self::Function => "function",
            Self::Map => "map",
            Self::Set => "set",
            Self::Weakmap => "weakmap",
            Self::Weakset => "weakset",
            Self::Error => "error",
            Self::Proxy => "proxy",
            Self::Promise => "promise",
            Self::Typedarray => "typedarray",
            Self::Arraybuffer => "arraybuffer",
            Self::Node => "node",
            Self::Window => "window",
            Self::Unrecognized(literal) => literal,
        }
    }
}
wire::string_enum!(WebDriverValueType);

/// Literals of `Runtime.RemoteObject.type`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RemoteObjectType {
    /// `object`
    Object,
    /// `function`
    Function,
    /// `undefined`
    Undefined,
    /// `string`
    String,
    /// `number`
    Number,
    /// `boolean`
    Boolean,
    /// `symbol`
    Symbol,
    /// `bigint`
    Bigint,
    /// A literal that this version of the bindings does not know, as it came.
    Unrecognized(String),
}
impl wire::StringEnum for RemoteObjectType {
    const LITERALS: &'static [(&'static str, Self)] = &[
        ("object", Self::Object),
        ("function", Self::Function),
        ("undefined", Self::Undefined),
        ("string", Self::String),
        ("number", Self::Number),
        ("boolean", Self::Boolean),
        ("symbol", Self::Symbol),
        ("bigint", Self::Bigint),
    ];
    fn unrecognized(literal: String) -> Self {
        Self::Unrecognized(literal)
    }
    fn as_str(&self) -> &str {
        match self {
            Self::Object => "object",
            Self::Function => "function",
            Self::Undefined => "undefined",
            Self::String => "string",
            Self::Number => "number",
            Self::Boolean => "boolean",
            Self::Symbol => "symbol",
            Self::Bigint => "bigint",
            Self::Unrecognized(literal) => literal,
        }
    }
}
wire::string_enum!(RemoteObjectType);

/// Literals of `Runtime.RemoteObject.subtype`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RemoteObjectSubtype {
    /// `array`
    Array,
    /// `null`
    Null,
    /// `node`
    Node,
    /// `regexp`
    Regexp,
    /// `date`
    Date,
    /// `map`
    Map,
    /// `set`
    Set,
    /// `weakmap`
    Weakmap,
    /// `weakset`
    Weakset,
    /// `iterator`
    Iterator,
    /// `generator`
    Generator,
    /// `error`
    Error,
    /// `proxy`
    Proxy,
    /// `promise`
    Promise,
    /// `typedarray`
    Typedarray,
    /// `arraybuffer`
    Arraybuffer,
    /// `dataview`
    Dataview,
    /// `webassemblymemory`
    Webassemblymemory,
    /// `wasmvalue`
    Wasmvalue,
    /// `deferredmodule`
    Deferredmodule,
    /// `trustedtype`
    Trustedtype,
    /// A literal that this version of the bindings does not know, as it came.
    Unrecognized(String),
}
impl wire::StringEnum for RemoteObjectSubtype {
    const LITERALS: &'static [(&'static str, Self)] = &[
        ("array", Self::Array),
        ("null", Self::Null),
        ("node", Self::Node),
        ("regexp", Self::Regexp),
        ("date", Self::Date),
        ("map", Self::Map),
        ("set", Self::Set),
        ("weakmap", Self::Weakmap),
        ("weakset", Self::Weakset),
        ("iterator", Self::Iterator),
        ("generator", Self::Generator),
        ("error", Self::Error),
        ("proxy", Self::Proxy),
        ("promise", Self::Promise),
        ("typedarray", Self::Typedarray),
        ("arraybuffer", Self::Arraybuffer),
        ("dataview", Self::Dataview),
        ("webassemblymemory", Self::Webassemblymemory),
        ("wasmvalue", Self::Wasmvalue),
        ("deferredmodule", Self::Deferredmodule),
        ("trustedtype", Self::Trustedtype),
    ];
    fn unrecognized(literal: String) -> Self {
        Self::Unrecognized(literal)
    }
    fn as_str(&self) -> &str {
        match self {
            Self::Array => "array",
            Self::Null => "null",
            Self::Node => "node",
            Self::Regexp => "regexp",
            Self::Date => "date",
            Self::Map => "map",
            Self::Set => "set",
            Self::Weakmap => "weakmap",
            Self::Weakset => "weakset",
            Self::Iterator => "iterator",
            Self::Generator => "generator",
            Self::Error => "error",
            Self::Proxy => "proxy",
            Self::Promise => "promise",
            Self::Typedarray => "typedarray",
            Self::Arraybuffer => "arraybuffer",
            Self::Dataview => "dataview",
            Self::Webassemblymemory => "webassemblymemory",
            Self::Wasmvalue => "wasmvalue",
            Self::Deferredmodule => "deferredmodule",
            Self::Trustedtype => "trustedtype",
            Self::Unrecognized(literal) => literal,
        }
    }
}
wire::string_enum!(RemoteObjectSubtype);

/// Literals of `Runtime.ObjectPreview.type`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ObjectPreviewType {
    /// `object`
    Object,
    /// `function`
    Function,
    /// `undefined`
    Undefined,
    /// `string`
    String,
    /// `number`
    Number,
    /// `boolean`
    Boolean,
    /// `symbol`
    Symbol,
    /// `bigint`
    Bigint,
    /// A literal that this version of the bindings does not know, as it came.
    Unrecognized(String),
}
impl wire::StringEnum for ObjectPreviewType {
    const LITERALS: &'static [(&'static str, Self)] = &[
        ("object", Self::Object),
        ("function", Self::Function),
        ("undefined", Self::Undefined),
        ("string", Self::String),
        ("number", Self::Number),
        ("boolean", Self::Boolean),
        ("symbol", Self::Symbol),
        ("bigint", Self::Bigint),
    ];
    fn unrecognized(literal: String) -> Self {
        Self::Unrecognized(literal)
    }
    fn as_str(&self) -> &str {
        match self {
            Self::Object => "object",
            Self::Function => "function",
            Self::Undefined => "undefined",
            Self::String => "string",
            Self::Number => "number",
            Self::Boolean => "boolean",
            Self::Symbol => "symbol",
            Self::Bigint => "bigint",
            Self::Unrecognized(literal) => literal,
        }
    }
}
wire::string_enum!(ObjectPreviewType);

/// Literals of `Runtime.ObjectPreview.subtype`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ObjectPreviewSubtype {
    /// `array`
    Array,
    /// `null`
    Null,
    /// `node`
    Node,
    /// `regexp`
    Regexp,
    /// `date`
    Date,
    /// `map`
    Map,
    /// `set`
    Set,
    /// `weakmap`
    Weakmap,
    /// `weakset`
    Weakset,
    /// `iterator`
    Iterator,
    /// `generator`
    Generator,
    /// `error`
    Error,
    /// `proxy`
    Proxy,
    /// `promise`
    Promise,
    /// `typedarray`
    Typedarray,
    /// `arraybuffer`
    Arraybuffer,
    /// `dataview`
    Dataview,
    /// `webassemblymemory`
    Webassemblymemory,
    /// `wasmvalue`
    Wasmvalue,
    /// `deferredmodule`
    Deferredmodule,
    /// `trustedtype`
    Trustedtype,
    /// A literal that this version of the bindings does not know, as it came.
    Unrecognized(String),
}
impl wire::StringEnum for ObjectPreviewSubtype {
    const LITERALS: &'static [(&'static str, Self)] = &[
        ("array", Self::Array),
        ("null", Self::Null),
        ("node", Self::Node),
        ("regexp", Self::Regexp),
        ("date", Self::Date),
        ("map", Self::Map),
        ("set", Self::Set),
        ("weakmap", Self::Weakmap),
        ("weakset", Self::Weakset),
        ("iterator", Self::Iterator),
        ("generator", Self::Generator),
        ("error", Self::Error),
        ("proxy", Self::Proxy),
        ("promise", Self::Promise),
        ("typedarray", Self::Typedarray),
        ("arraybuffer", Self::Arraybuffer),
        ("dataview", Self::Dataview),
        ("webassemblymemory", Self::Webassemblymemory),
        ("wasmvalue", Self::Wasmvalue),
        ("deferredmodule", Self::Deferredmodule),
        ("trustedtype", Self::Trustedtype),
    ];
    fn unrecognized(literal: String) -> Self {
        Self::Unrecognized(literal)
    }
    fn as_str(&self) -> &str {
        match self {
            Self::Array => "array",
            Self::Null => "null",
            Self::Node => "node",
            Self::Regexp => "regexp",
            Self::Date => "date",
            Self::Map => "map",
            Self::Set => "set",
            Self::Weakmap => "weakmap",
            Self::Weakset => "weakset",
            Self::Iterator => "iterator",
            Self::Generator => "generator",
            Self::Error => "error",
            Self::Proxy => "proxy",
            Self::Promise => "promise",
            Self::Typedarray => "typedarray",
            Self::Arraybuffer => "arraybuffer",
            Self::Dataview => "dataview",
            Self::Webassemblymemory => "webassemblymemory",
            Self::Wasmvalue => "wasmvalue",
            Self::Deferredmodule => "deferredmodule",
            Self::Trustedtype => "trustedtype",
            Self::Unrecognized(literal) => literal,
        }
    }
}
wire::string_enum!(ObjectPreviewSubtype);

/// Literals of `Runtime.PropertyPreview.type`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum PropertyPreviewType {
    /// `object`
    Object,
    /// `function`
    Function,
    /// `undefined`
    Undefined,
    /// `string`
    String,
    /// `number`
    Number,
    /// `boolean`
    Boolean,
    /// `symbol`
    Symbol,
    /// `accessor`
    Accessor,
    /// `bigint`
    Bigint,
    /// A literal that this version of the bindings does not know, as it came.
    Unrecognized(String),
}
impl wire::StringEnum for PropertyPreviewType {
    const LITERALS: &'static [(&'static str, Self)] = &[
        ("object", Self::Object),
        ("function", Self::Function),
        ("undefined", Self::Undefined),
        ("string", Self::String),
        ("number", Self::Number),
        ("boolean", Self::Boolean),
        ("symbol", Self::Symbol),
        ("accessor", Self::Accessor),
        ("bigint", Self::Bigint),
    ];
    fn unrecognized(literal: String) -> Self {
        Self::Unrecognized(literal)
    }
    fn as_str(&self) -> &str {
        match self {
            Self::Object => "object",
            Self::Function => "function",
            Self::Undefined => "undefined",
            Self::String => "string",
            Self::Number => "number",
            Self::Boolean => "boolean",
            Self::Symbol => "symbol",
            Self::Accessor => "accessor",
            Self::Bigint => "bigint",
            Self::Unrecognized(literal) => literal,
        }
    }
}
wire::string_enum!(PropertyPreviewType);

/// Literals of `Runtime.PropertyPreview.subtype`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum PropertyPreviewSubtype {
    /// `array`
    Array,
    /// `null`
    Null,
    /// `node`
    Node,
    /// `regexp`
    Regexp,
    /// `date`
    Date,
    /// `map`
    Map,
    /// `set`
    Set,
    /// `weakmap`
    Weakmap,
    /// `weakset`
    Weakset,
    /// `iterator`
    Iterator,
    /// `generator`
    Generator,
    /// `error`
    Error,
    /// `proxy`
    Proxy,
    /// `promise`
    Promise,
    /// `typedarray`
    Typedarray,
    /// `arraybuffer`
    Arraybuffer,
    /// `dataview`
    Dataview,
    /// `webassemblymemory`
    Webassemblymemory,
    /// `wasmvalue`
    Wasmvalue,
    /// `deferredmodule`
    Deferredmodule,
    /// `trustedtype`
    Trustedtype,
    /// A literal that this version of the bindings does not know, as it came.
    Unrecognized(String),
}
impl wire::StringEnum for PropertyPreviewSubtype {
    const LITERALS: &'static [(&'static str, Self)] = &[
        ("array", Self::Array),
        ("null", Self::Null),
        ("node", Self::Node),
        ("regexp", Self::Regexp),
        ("date", Self::Date),
        ("map", Self::Map),
        ("set", Self::Set),
        ("weakmap", Self::Weakmap),
        ("weakset", Self::Weakset),
        ("iterator", Self::Iterator),
        ("generator", Self::Generator),
        ("error", Self::Error),
        ("proxy", Self::Proxy),
        ("promise", Self::Promise),
        ("typedarray", Self::Typedarray),
        ("arraybuffer", Self::Arraybuffer),
        ("dataview", Self::Dataview),
        ("webassemblymemory", Self::Webassemblymemory),
        ("wasmvalue", Self::Wasmvalue),
        ("deferredmodule", Self::Deferredmodule),
        ("trustedtype", Self::Trustedtype),
    ];
    fn unrecognized(literal: String) -> Self {
        Self::Unrecognized(literal)
    }
    fn as_str(&self) -> &str {
        match self {
            Self::Array => "array",
            Self::Null => "null",
            Self::Node => "node",
            Self::Regexp => "regexp",
            Self::Date => "date",
            Self::Map => "map",
            Self::Set => "set",
            Self::Weakmap => "weakmap",
            Self::Weakset => "weakset",
            Self::Iterator => "iterator",
            Self::Generator => "generator",
            Self::Error => "error",
            Self::Proxy => "proxy",
            Self::Promise => "promise",
            Self::Typedarray => "typedarray",
            Self::Arraybuffer => "arraybuffer",
            Self::Dataview => "dataview",
            Self::Webassemblymemory => "webassemblymemory",
            Self::Wasmvalue => "wasmvalue",
            Self::Deferredmodule => "deferredmodule",
            Self::Trustedtype => "trustedtype",
            Self::Unrecognized(literal) => literal,
        }
    }
}
wire::string_enum!(PropertyPreviewSubtype);
