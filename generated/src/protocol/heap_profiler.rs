//! The `HeapProfiler` domain. A hand-made sample of the form of the machine-written code.

use crate::wire;

/// Type `HeapProfiler.HeapSnapshotObjectId`.
#[doc(alias = "HeapProfiler.HeapSnapshotObjectId")]
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct HeapSnapshotObjectId(String);
wire::string_newtype!(HeapSnapshotObjectId);

/// Type.
///
/// `HeapProfiler.SamplingHeapProfileNode`.
#[doc(alias = "HeapProfiler.SamplingHeapProfileNode")]
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct SamplingHeapProfileNode {
    /// Member `callFrame`.
    #[doc(alias = "callFrame")]
    pub call_frame: super::runtime::CallFrame,
    /// Member `selfSize`.
    #[doc(alias = "selfSize")]
    pub self_size: f64,
    /// Member `children`.
    pub children: Vec<SamplingHeapProfileNode>,
    /// Member `id`.
    pub id: Option<i64>,
}

impl wire::Object for SamplingHeapProfileNode {
    const NAME: &'static str = "HeapProfiler.SamplingHeapProfileNode";
    const REQUIRED: &'static [&'static str] = &["callFrame", "selfSize", "children"];
    fn member<'de, A: wire::Members<'de>>(
        &mut self,
        name: &str,
        value: wire::Value<'_, A>,
    ) -> Result<(), A::Error> {
        match name {
            "callFrame" => value.required(&mut self.call_frame),
            "selfSize" => value.required(&mut self.self_size),
            "children" => value.required(&mut self.children),
            "id" => value.optional(&mut self.id),
            _ => value.ignore(),
        }
    }
}
wire::read_object!(SamplingHeapProfileNode);

#[cfg(feature = "mirror")]
impl wire::Serialize for SamplingHeapProfileNode {
    fn serialize<S: wire::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = wire::ObjectWriter::new(serializer)?;
        object.required("callFrame", &self.call_frame)?;
        object.required("selfSize", &self.self_size)?;
        object.required("children", &self.children)?;
        object.optional("id", &self.id)?;
        object.end()
    }
}

/// Type.
///
/// `HeapProfiler.SamplingHeapProfile`.
#[doc(alias = "HeapProfiler.SamplingHeapProfile")]
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct SamplingHeapProfile {
    /// Member `head`.
    pub head: SamplingHeapProfileNode,
    /// Member `samples`.
    pub samples: Option<Vec<SamplingHeapProfileSample>>,
}

impl wire::Object for SamplingHeapProfile {
    const NAME: &'static str = "HeapProfiler.SamplingHeapProfile";
    const REQUIRED: &'static [&'static str] = &["head"];
    fn member<'de, A: wire::Members<'de>>(
        &mut self,
        name: &str,
        value: wire::Value<'_, A>,
    ) -> Result<(), A::Error> {
        match name {
            "head" => value.required(&mut self.head),
            "samples" => value.optional(&mut self.samples),
            _ => value.ignore(),
        }
    }
}
wire::read_object!(SamplingHeapProfile);

#[cfg(feature = "mirror")]
impl wire::Serialize for SamplingHeapProfile {
    fn serialize<S: wire::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = wire::ObjectWriter::new(serializer)?;
        object.required("head", &self.head)?;
        object.optional("samples", &self.samples)?;
        object.end()
    }
}

/// Type.
///
/// `HeapProfiler.SamplingHeapProfileSample`.
#[doc(alias = "HeapProfiler.SamplingHeapProfileSample")]
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct SamplingHeapProfileSample {
    /// Member `size`.
    pub size: f64,
    /// Member `nodeId`.
    #[doc(alias = "nodeId")]
    pub node_id: i64,
    /// Member `ordinal`.
    pub ordinal: f64,
}

impl wire::Object for SamplingHeapProfileSample {
    const NAME: &'static str = "HeapProfiler.SamplingHeapProfileSample";
    const REQUIRED: &'static [&'static str] = &["size", "nodeId", "ordinal"];
    fn member<'de, A: wire::Members<'de>>(
        &mut self,
        name: &str,
        value: wire::Value<'_, A>,
    ) -> Result<(), A::Error> {
        match name {
            "size" => value.required(&mut self.size),
            "nodeId" => value.required(&mut self.node_id),
            "ordinal" => value.required(&mut self.ordinal),
            _ => value.ignore(),
        }
    }
}
wire::read_object!(SamplingHeapProfileSample);

#[cfg(feature = "mirror")]
impl wire::Serialize for SamplingHeapProfileSample {
    fn serialize<S: wire::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = wire::ObjectWriter::new(serializer)?;
        object.required("size", &self.size)?;
        object.required("nodeId", &self.node_id)?;
        object.required("ordinal", &self.ordinal)?;
        object.end()
    }
}

/// Command.
///
/// `HeapProfiler.addInspectedHeapObject`.
#[doc(alias = "HeapProfiler.addInspectedHeapObject")]
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "mirror", derive(Default))]
#[non_exhaustive]
pub struct AddInspectedHeapObject {
    /// Member `heapObjectId`.
    #[doc(alias = "heapObjectId")]
    pub heap_object_id: HeapSnapshotObjectId,
}

impl AddInspectedHeapObject {
    /// Makes one of what is required.
    pub fn new(heap_object_id: impl Into<HeapSnapshotObjectId>) -> Self {
        Self {
            heap_object_id: heap_object_id.into(),
        }
    }
}

#[cfg(feature = "mirror")]
impl wire::Object for AddInspectedHeapObject {
    const NAME: &'static str = "HeapProfiler.addInspectedHeapObject";
    const REQUIRED: &'static [&'static str] = &["heapObjectId"];
    fn member<'de, A: wire::Members<'de>>(
        &mut self,
        name: &str,
        value: wire::Value<'_, A>,
    ) -> Result<(), A::Error> {
        match name {
            "heapObjectId" => value.required(&mut self.heap_object_id),
            _ => value.ignore(),
        }
    }
}
#[cfg(feature = "mirror")]
wire::read_object!(AddInspectedHeapObject);

impl wire::Serialize for AddInspectedHeapObject {
    fn serialize<S: wire::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = wire::ObjectWriter::new(serializer)?;
        object.required("heapObjectId", &self.heap_object_id)?;
        object.end()
    }
}

impl crate::Command for AddInspectedHeapObject {
    const METHOD: &'static str = "HeapProfiler.addInspectedHeapObject";
    type Returns = AddInspectedHeapObjectReturns;
}

/// Returns.
///
/// `HeapProfiler.addInspectedHeapObject`.
#[doc(alias = "HeapProfiler.addInspectedHeapObject")]
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct AddInspectedHeapObjectReturns {}

impl wire::Object for AddInspectedHeapObjectReturns {
    const NAME: &'static str = "HeapProfiler.addInspectedHeapObject";
    const REQUIRED: &'static [&'static str] = &[];
    fn member<'de, A: wire::Members<'de>>(
        &mut self,
        _name: &str,
        value: wire::Value<'_, A>,
    ) -> Result<(), A::Error> {
        value.ignore()
    }
}
wire::read_object!(AddInspectedHeapObjectReturns);

#[cfg(feature = "mirror")]
impl wire::Serialize for AddInspectedHeapObjectReturns {
    fn serialize<S: wire::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        wire::ObjectWriter::new(serializer)?.end()
    }
}

/// Command.
///
/// `HeapProfiler.collectGarbage`.
#[doc(alias = "HeapProfiler.collectGarbage")]
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct CollectGarbage {}

impl CollectGarbage {
    /// Makes one of what is required.
    pub fn new() -> Self {
        Self {}
    }
}

#[cfg(feature = "mirror")]
impl wire::Object for CollectGarbage {
    const NAME: &'static str = "HeapProfiler.collectGarbage";
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
wire::read_object!(CollectGarbage);

impl wire::Serialize for CollectGarbage {
    fn serialize<S: wire::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        wire::ObjectWriter::new(serializer)?.end()
    }
}

impl crate::Command for CollectGarbage {
    const METHOD: &'static str = "HeapProfiler.collectGarbage";
    type Returns = CollectGarbageReturns;
}

/// Returns.
///
/// `HeapProfiler.collectGarbage`.
#[doc(alias = "HeapProfiler.collectGarbage")]
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct CollectGarbageReturns {}

impl wire::Object for CollectGarbageReturns {
    const NAME: &'static str = "HeapProfiler.collectGarbage";
    const REQUIRED: &'static [&'static str] = &[];
    fn member<'de, A: wire::Members<'de>>(
        &mut self,
        _name: &str,
        value: wire::Value<'_, A>,
    ) -> Result<(), A::Error> {
        value.ignore()
    }
}
wire::read_object!(CollectGarbageReturns);

#[cfg(feature = "mirror")]
impl wire::Serialize for CollectGarbageReturns {
    fn serialize<S: wire::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        wire::ObjectWriter::new(serializer)?.end()
    }
}

/// Command.
///
/// `HeapProfiler.disable`.
#[doc(alias = "HeapProfiler.disable")]
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
    const NAME: &'static str = "HeapProfiler.disable";
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
    const METHOD: &'static str = "HeapProfiler.disable";
    type Returns = DisableReturns;
}

/// Returns.
///
/// `HeapProfiler.disable`.
#[doc(alias = "HeapProfiler.disable")]
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct DisableReturns {}

impl wire::Object for DisableReturns {
    const NAME: &'static str = "HeapProfiler.disable";
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
/// `HeapProfiler.enable`.
#[doc(alias = "HeapProfiler.enable")]
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
    const NAME: &'static str = "HeapProfiler.enable";
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
    const METHOD: &'static str = "HeapProfiler.enable";
    type Returns = EnableReturns;
}

/// Returns.
///
/// `HeapProfiler.enable`.
#[doc(alias = "HeapProfiler.enable")]
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct EnableReturns {}

impl wire::Object for EnableReturns {
    const NAME: &'static str = "HeapProfiler.enable";
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
/// `HeapProfiler.getHeapObjectId`.
#[doc(alias = "HeapProfiler.getHeapObjectId")]
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "mirror", derive(Default))]
#[non_exhaustive]
pub struct GetHeapObjectId {
    /// Member `objectId`.
    #[doc(alias = "objectId")]
    pub object_id: super::runtime::RemoteObjectId,
}

impl GetHeapObjectId {
    /// Makes one of what is required.
    pub fn new(object_id: impl Into<super::runtime::RemoteObjectId>) -> Self {
        Self {
            object_id: object_id.into(),
        }
    }
}

#[cfg(feature = "mirror")]
impl wire::Object for GetHeapObjectId {
    const NAME: &'static str = "HeapProfiler.getHeapObjectId";
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
wire::read_object!(GetHeapObjectId);

impl wire::Serialize for GetHeapObjectId {
    fn serialize<S: wire::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = wire::ObjectWriter::new(serializer)?;
        object.required("objectId", &self.object_id)?;
        object.end()
    }
}

impl crate::Command for GetHeapObjectId {
    const METHOD: &'static str = "HeapProfiler.getHeapObjectId";
    type Returns = GetHeapObjectIdReturns;
}

/// Returns.
///
/// `HeapProfiler.getHeapObjectId`.
#[doc(alias = "HeapProfiler.getHeapObjectId")]
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct GetHeapObjectIdReturns {
    /// Member `heapSnapshotObjectId`.
    #[doc(alias = "heapSnapshotObjectId")]
    pub heap_snapshot_object_id: HeapSnapshotObjectId,
}

impl wire::Object for GetHeapObjectIdReturns {
    const NAME: &'static str = "HeapProfiler.getHeapObjectId";
    const REQUIRED: &'static [&'static str] = &["heapSnapshotObjectId"];
    fn member<'de, A: wire::Members<'de>>(
        &mut self,
        name: &str,
        value: wire::Value<'_, A>,
    ) -> Result<(), A::Error> {
        match name {
            "heapSnapshotObjectId" => value.required(&mut self.heap_snapshot_object_id),
            _ => value.ignore(),
        }
    }
}
wire::read_object!(GetHeapObjectIdReturns);

#[cfg(feature = "mirror")]
impl wire::Serialize for GetHeapObjectIdReturns {
    fn serialize<S: wire::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = wire::ObjectWriter::new(serializer)?;
        object.required("heapSnapshotObjectId", &self.heap_snapshot_object_id)?;
        object.end()
    }
}

/// Command.
///
/// `HeapProfiler.getObjectByHeapObjectId`.
#[doc(alias = "HeapProfiler.getObjectByHeapObjectId")]
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "mirror", derive(Default))]
#[non_exhaustive]
pub struct GetObjectByHeapObjectId {
    /// Member `objectId`.
    #[doc(alias = "objectId")]
    pub object_id: HeapSnapshotObjectId,
    /// Member `objectGroup`.
    #[doc(alias = "objectGroup")]
    pub object_group: Option<String>,
}

impl GetObjectByHeapObjectId {
    /// Makes one of what is required.
    pub fn new(object_id: impl Into<HeapSnapshotObjectId>) -> Self {
        Self {
            object_id: object_id.into(),
            object_group: None,
        }
    }
    /// Sets `objectGroup`.
    pub fn object_group(mut self, object_group: impl Into<String>) -> Self {
        self.object_group = Some(object_group.into());
        self
    }
}

#[cfg(feature = "mirror")]
impl wire::Object for GetObjectByHeapObjectId {
    const NAME: &'static str = "HeapProfiler.getObjectByHeapObjectId";
    const REQUIRED: &'static [&'static str] = &["objectId"];
    fn member<'de, A: wire::Members<'de>>(
        &mut self,
        name: &str,
        value: wire::Value<'_, A>,
    ) -> Result<(), A::Error> {
        match name {
            "objectId" => value.required(&mut self.object_id),
            "objectGroup" => value.optional(&mut self.object_group),
            _ => value.ignore(),
        }
    }
}
#[cfg(feature = "mirror")]
wire::read_object!(GetObjectByHeapObjectId);

impl wire::Serialize for GetObjectByHeapObjectId {
    fn serialize<S: wire::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = wire::ObjectWriter::new(serializer)?;
        object.required("objectId", &self.object_id)?;
        object.optional("objectGroup", &self.object_group)?;
        object.end()
    }
}

impl crate::Command for GetObjectByHeapObjectId {
    const METHOD: &'static str = "HeapProfiler.getObjectByHeapObjectId";
    type Returns = GetObjectByHeapObjectIdReturns;
}

/// Returns.
///
/// `HeapProfiler.getObjectByHeapObjectId`.
#[doc(alias = "HeapProfiler.getObjectByHeapObjectId")]
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct GetObjectByHeapObjectIdReturns {
    /// Member `result`.
    pub result: super::runtime::RemoteObject,
}

impl wire::Object for GetObjectByHeapObjectIdReturns {
    const NAME: &'static str = "HeapProfiler.getObjectByHeapObjectId";
    const REQUIRED: &'static [&'static str] = &["result"];
    fn member<'de, A: wire::Members<'de>>(
        &mut self,
        name: &str,
        value: wire::Value<'_, A>,
    ) -> Result<(), A::Error> {
        match name {
            "result" => value.required(&mut self.result),
            _ => value.ignore(),
        }
    }
}
wire::read_object!(GetObjectByHeapObjectIdReturns);

#[cfg(feature = "mirror")]
impl wire::Serialize for GetObjectByHeapObjectIdReturns {
    fn serialize<S: wire::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = wire::ObjectWriter::new(serializer)?;
        object.required("result", &self.result)?;
        object.end()
    }
}

/// Command.
///
/// `HeapProfiler.getSamplingProfile`.
#[doc(alias = "HeapProfiler.getSamplingProfile")]
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct GetSamplingProfile {}

impl GetSamplingProfile {
    /// Makes one of what is required.
    pub fn new() -> Self {
        Self {}
    }
}

#[cfg(feature = "mirror")]
impl wire::Object for GetSamplingProfile {
    const NAME: &'static str = "HeapProfiler.getSamplingProfile";
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
wire::read_object!(GetSamplingProfile);

impl wire::Serialize for GetSamplingProfile {
    fn serialize<S: wire::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        wire::ObjectWriter::new(serializer)?.end()
    }
}

impl crate::Command for GetSamplingProfile {
    const METHOD: &'static str = "HeapProfiler.getSamplingProfile";
    type Returns = GetSamplingProfileReturns;
}

/// Returns.
///
/// `HeapProfiler.getSamplingProfile`.
#[doc(alias = "HeapProfiler.getSamplingProfile")]
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct GetSamplingProfileReturns {
    /// Member `profile`.
    pub profile: SamplingHeapProfile,
}

impl wire::Object for GetSamplingProfileReturns {
    const NAME: &'static str = "HeapProfiler.getSamplingProfile";
    const REQUIRED: &'static [&'static str] = &["profile"];
    fn member<'de, A: wire::Members<'de>>(
        &mut self,
        name: &str,
        value: wire::Value<'_, A>,
    ) -> Result<(), A::Error> {
        match name {
            "profile" => value.required(&mut self.profile),
            _ => value.ignore(),
        }
    }
}
wire::read_object!(GetSamplingProfileReturns);

#[cfg(feature = "mirror")]
impl wire::Serialize for GetSamplingProfileReturns {
    fn serialize<S: wire::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = wire::ObjectWriter::new(serializer)?;
        object.required("profile", &self.profile)?;
        object.end()
    }
}

/// Command.
///
/// `HeapProfiler.startSampling`.
#[doc(alias = "HeapProfiler.startSampling")]
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct StartSampling {
    /// Member `samplingInterval`.
    #[doc(alias = "samplingInterval")]
    pub sampling_interval: Option<f64>,
    /// Member `stackDepth`.
    #[doc(alias = "stackDepth")]
    pub stack_depth: Option<f64>,
    /// Member `includeObjectsCollectedByMajorGC`.
    #[doc(alias = "includeObjectsCollectedByMajorGC")]
    pub include_objects_collected_by_major_gc: Option<bool>,
    /// Member `includeObjectsCollectedByMinorGC`.
    #[doc(alias = "includeObjectsCollectedByMinorGC")]
    pub include_objects_collected_by_minor_gc: Option<bool>,
}

impl StartSampling {
    /// Makes one of what is required.
    pub fn new() -> Self {
        Self {
            sampling_interval: None,
            stack_depth: None,
            include_objects_collected_by_major_gc: None,
            include_objects_collected_by_minor_gc: None,
        }
    }
    /// Sets `samplingInterval`.
    pub fn sampling_interval(mut self, sampling_interval: f64) -> Self {
        self.sampling_interval = Some(sampling_interval);
        self
    }
    /// Sets `stackDepth`.
    pub fn stack_depth(mut self, stack_depth: f64) -> Self {
        self.stack_depth = Some(stack_depth);
        self
    }
    /// Sets `includeObjectsCollectedByMajorGC`.
    pub fn include_objects_collected_by_major_gc(
        mut self,
        include_objects_collected_by_major_gc: bool,
    ) -> Self {
        self.include_objects_collected_by_major_gc = Some(include_objects_collected_by_major_gc);
        self
    }
    /// Sets `includeObjectsCollectedByMinorGC`.
    pub fn include_objects_collected_by_minor_gc(
        mut self,
        include_objects_collected_by_minor_gc: bool,
    ) -> Self {
        self.include_objects_collected_by_minor_gc = Some(include_objects_collected_by_minor_gc);
        self
    }
}

#[cfg(feature = "mirror")]
impl wire::Object for StartSampling {
    const NAME: &'static str = "HeapProfiler.startSampling";
    const REQUIRED: &'static [&'static str] = &[];
    fn member<'de, A: wire::Members<'de>>(
        &mut self,
        name: &str,
        value: wire::Value<'_, A>,
    ) -> Result<(), A::Error> {
        match name {
            "samplingInterval" => value.optional(&mut self.sampling_interval),
            "stackDepth" => value.optional(&mut self.stack_depth),
            "includeObjectsCollectedByMajorGC" => {
                value.optional(&mut self.include_objects_collected_by_major_gc)
            }
            "includeObjectsCollectedByMinorGC" => {
                value.optional(&mut self.include_objects_collected_by_minor_gc)
            }
            _ => value.ignore(),
        }
    }
}
#[cfg(feature = "mirror")]
wire::read_object!(StartSampling);

impl wire::Serialize for StartSampling {
    fn serialize<S: wire::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = wire::ObjectWriter::new(serializer)?;
        object.optional("samplingInterval", &self.sampling_interval)?;
        object.optional("stackDepth", &self.stack_depth)?;
        object.optional(
            "includeObjectsCollectedByMajorGC",
            &self.include_objects_collected_by_major_gc,
        )?;
        object.optional(
            "includeObjectsCollectedByMinorGC",
            &self.include_objects_collected_by_minor_gc,
        )?;
        object.end()
    }
}

impl crate::Command for StartSampling {
    const METHOD: &'static str = "HeapProfiler.startSampling";
    type Returns = StartSamplingReturns;
}

/// Returns.
///
/// `HeapProfiler.startSampling`.
#[doc(alias = "HeapProfiler.startSampling")]
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct StartSamplingReturns {}

impl wire::Object for StartSamplingReturns {
    const NAME: &'static str = "HeapProfiler.startSampling";
    const REQUIRED: &'static [&'static str] = &[];
    fn member<'de, A: wire::Members<'de>>(
        &mut self,
        _name: &str,
        value: wire::Value<'_, A>,
    ) -> Result<(), A::Error> {
        value.ignore()
    }
}
wire::read_object!(StartSamplingReturns);

#[cfg(feature = "mirror")]
impl wire::Serialize for StartSamplingReturns {
    fn serialize<S: wire::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        wire::ObjectWriter::new(serializer)?.end()
    }
}

/// Command.
///
/// `HeapProfiler.startTrackingHeapObjects`.
#[doc(alias = "HeapProfiler.startTrackingHeapObjects")]
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct StartTrackingHeapObjects {
    /// Member `trackAllocations`.
    #[doc(alias = "trackAllocations")]
    pub track_allocations: Option<bool>,
}

impl StartTrackingHeapObjects {
    /// Makes one of what is required.
    pub fn new() -> Self {
        Self {
            track_allocations: None,
        }
    }
    /// Sets `trackAllocations`.
    pub fn track_allocations(mut self, track_allocations: bool) -> Self {
        self.track_allocations = Some(track_allocations);
        self
    }
}

#[cfg(feature = "mirror")]
impl wire::Object for StartTrackingHeapObjects {
    const NAME: &'static str = "HeapProfiler.startTrackingHeapObjects";
    const REQUIRED: &'static [&'static str] = &[];
    fn member<'de, A: wire::Members<'de>>(
        &mut self,
        name: &str,
        value: wire::Value<'_, A>,
    ) -> Result<(), A::Error> {
        match name {
            "trackAllocations" => value.optional(&mut self.track_allocations),
            _ => value.ignore(),
        }
    }
}
#[cfg(feature = "mirror")]
wire::read_object!(StartTrackingHeapObjects);

impl wire::Serialize for StartTrackingHeapObjects {
    fn serialize<S: wire::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = wire::ObjectWriter::new(serializer)?;
        object.optional("trackAllocations", &self.track_allocations)?;
        object.end()
    }
}

impl crate::Command for StartTrackingHeapObjects {
    const METHOD: &'static str = "HeapProfiler.startTrackingHeapObjects";
    type Returns = StartTrackingHeapObjectsReturns;
}

/// Returns.
///
/// `HeapProfiler.startTrackingHeapObjects`.
#[doc(alias = "HeapProfiler.startTrackingHeapObjects")]
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct StartTrackingHeapObjectsReturns {}

impl wire::Object for StartTrackingHeapObjectsReturns {
    const NAME: &'static str = "HeapProfiler.startTrackingHeapObjects";
    const REQUIRED: &'static [&'static str] = &[];
    fn member<'de, A: wire::Members<'de>>(
        &mut self,
        _name: &str,
        value: wire::Value<'_, A>,
    ) -> Result<(), A::Error> {
        value.ignore()
    }
}
wire::read_object!(StartTrackingHeapObjectsReturns);

#[cfg(feature = "mirror")]
impl wire::Serialize for StartTrackingHeapObjectsReturns {
    fn serialize<S: wire::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        wire::ObjectWriter::new(serializer)?.end()
    }
}

/// Command.
///
/// `HeapProfiler.stopSampling`.
#[doc(alias = "HeapProfiler.stopSampling")]
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct StopSampling {}

impl StopSampling {
    /// Makes one of what is required.
    pub fn new() -> Self {
        Self {}
    }
}

#[cfg(feature = "mirror")]
impl wire::Object for StopSampling {
    const NAME: &'static str = "HeapProfiler.stopSampling";
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
wire::read_object!(StopSampling);

impl wire::Serialize for StopSampling {
    fn serialize<S: wire::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        wire::ObjectWriter::new(serializer)?.end()
    }
}

impl crate::Command for StopSampling {
    const METHOD: &'static str = "HeapProfiler.stopSampling";
    type Returns = StopSamplingReturns;
}

/// Returns.
///
/// `HeapProfiler.stopSampling`.
#[doc(alias = "HeapProfiler.stopSampling")]
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct StopSamplingReturns {
    /// Member `profile`.
    pub profile: SamplingHeapProfile,
}

impl wire::Object for StopSamplingReturns {
    const NAME: &'static str = "HeapProfiler.stopSampling";
    const REQUIRED: &'static [&'static str] = &["profile"];
    fn member<'de, A: wire::Members<'de>>(
        &mut self,
        name: &str,
        value: wire::Value<'_, A>,
    ) -> Result<(), A::Error> {
        match name {
            "profile" => value.required(&mut self.profile),
            _ => value.ignore(),
        }
    }
}
wire::read_object!(StopSamplingReturns);

#[cfg(feature = "mirror")]
impl wire::Serialize for StopSamplingReturns {
    fn serialize<S: wire::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = wire::ObjectWriter::new(serializer)?;
        object.required("profile", &self.profile)?;
        object.end()
    }
}

/// Command.
///
/// `HeapProfiler.stopTrackingHeapObjects`.
#[doc(alias = "HeapProfiler.stopTrackingHeapObjects")]
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct StopTrackingHeapObjects {
    /// Member `reportProgress`.
    #[doc(alias = "reportProgress")]
    pub report_progress: Option<bool>,
    /// Member `treatGlobalObjectsAsRoots`.
    #[doc(alias = "treatGlobalObjectsAsRoots")]
    pub treat_global_objects_as_roots: Option<bool>,
    /// Member `captureNumericValue`.
    #[doc(alias = "captureNumericValue")]
    pub capture_numeric_value: Option<bool>,
    /// Member `exposeInternals`.
    #[doc(alias = "exposeInternals")]
    pub expose_internals: Option<bool>,
}

impl StopTrackingHeapObjects {
    /// Makes one of what is required.
    pub fn new() -> Self {
        Self {
            report_progress: None,
            treat_global_objects_as_roots: None,
            capture_numeric_value: None,
            expose_internals: None,
        }
    }
    /// Sets `reportProgress`.
    pub fn report_progress(mut self, report_progress: bool) -> Self {
        self.report_progress = Some(report_progress);
        self
    }
    /// Sets `treatGlobalObjectsAsRoots`.
    pub fn treat_global_objects_as_roots(mut self, treat_global_objects_as_roots: bool) -> Self {
        self.treat_global_objects_as_roots = Some(treat_global_objects_as_roots);
        self
    }
    /// Sets `captureNumericValue`.
    pub fn capture_numeric_value(mut self, capture_numeric_value: bool) -> Self {
        self.capture_numeric_value = Some(capture_numeric_value);
        self
    }
    /// Sets `exposeInternals`.
    pub fn expose_internals(mut self, expose_internals: bool) -> Self {
        self.expose_internals = Some(expose_internals);
        self
    }
}

#[cfg(feature = "mirror")]
impl wire::Object for StopTrackingHeapObjects {
    const NAME: &'static str = "HeapProfiler.stopTrackingHeapObjects";
    const REQUIRED: &'static [&'static str] = &[];
    fn member<'de, A: wire::Members<'de>>(
        &mut self,
        name: &str,
        value: wire::Value<'_, A>,
    ) -> Result<(), A::Error> {
        match name {
            "reportProgress" => value.optional(&mut self.report_progress),
            "treatGlobalObjectsAsRoots" => value.optional(&mut self.treat_global_objects_as_roots),
            "captureNumericValue" => value.optional(&mut self.capture_numeric_value),
            "exposeInternals" => value.optional(&mut self.expose_internals),
            _ => value.ignore(),
        }
    }
}
#[cfg(feature = "mirror")]
wire::read_object!(StopTrackingHeapObjects);

impl wire::Serialize for StopTrackingHeapObjects {
    fn serialize<S: wire::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = wire::ObjectWriter::new(serializer)?;
        object.optional("reportProgress", &self.report_progress)?;
        object.optional(
            "treatGlobalObjectsAsRoots",
            &self.treat_global_objects_as_roots,
        )?;
        object.optional("captureNumericValue", &self.capture_numeric_value)?;
        object.optional("exposeInternals", &self.expose_internals)?;
        object.end()
    }
}

impl crate::Command for StopTrackingHeapObjects {
    const METHOD: &'static str = "HeapProfiler.stopTrackingHeapObjects";
    type Returns = StopTrackingHeapObjectsReturns;
}

/// Returns.
///
/// `HeapProfiler.stopTrackingHeapObjects`.
#[doc(alias = "HeapProfiler.stopTrackingHeapObjects")]
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct StopTrackingHeapObjectsReturns {}

impl wire::Object for StopTrackingHeapObjectsReturns {
    const NAME: &'static str = "HeapProfiler.stopTrackingHeapObjects";
    const REQUIRED: &'static [&'static str] = &[];
    fn member<'de, A: wire::Members<'de>>(
        &mut self,
        _name: &str,
        value: wire::Value<'_, A>,
    ) -> Result<(), A::Error> {
        value.ignore()
    }
}
wire::read_object!(StopTrackingHeapObjectsReturns);

#[cfg(feature = "mirror")]
impl wire::Serialize for StopTrackingHeapObjectsReturns {
    fn serialize<S: wire::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        wire::ObjectWriter::new(serializer)?.end()
    }
}

/// Command.
///
/// `HeapProfiler.takeHeapSnapshot`.
#[doc(alias = "HeapProfiler.takeHeapSnapshot")]
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct TakeHeapSnapshot {
    /// Member `reportProgress`.
    #[doc(alias = "reportProgress")]
    pub report_progress: Option<bool>,
    /// Member `treatGlobalObjectsAsRoots`.
    #[doc(alias = "treatGlobalObjectsAsRoots")]
    pub treat_global_objects_as_roots: Option<bool>,
    /// Member `captureNumericValue`.
    #[doc(alias = "captureNumericValue")]
    pub capture_numeric_value: Option<bool>,
    /// Member `exposeInternals`.
    #[doc(alias = "exposeInternals")]
    pub expose_internals: Option<bool>,
}

impl TakeHeapSnapshot {
    /// Makes one of what is required.
    pub fn new() -> Self {
        Self {
            report_progress: None,
            treat_global_objects_as_roots: None,
            capture_numeric_value: None,
            expose_internals: None,
        }
    }
    /// Sets `reportProgress`.
    pub fn report_progress(mut self, report_progress: bool) -> Self {
        self.report_progress = Some(report_progress);
        self
    }
    /// Sets `treatGlobalObjectsAsRoots`.
    pub fn treat_global_objects_as_roots(mut self, treat_global_objects_as_roots: bool) -> Self {
        self.treat_global_objects_as_roots = Some(treat_global_objects_as_roots);
        self
    }
    /// Sets `captureNumericValue`.
    pub fn capture_numeric_value(mut self, capture_numeric_value: bool) -> Self {
        self.capture_numeric_value = Some(capture_numeric_value);
        self
    }
    /// Sets `exposeInternals`.
    pub fn expose_internals(mut self, expose_internals: bool) -> Self {
        self.expose_internals = Some(expose_internals);
        self
    }
}

#[cfg(feature = "mirror")]
impl wire::Object for TakeHeapSnapshot {
    const NAME: &'static str = "HeapProfiler.takeHeapSnapshot";
    const REQUIRED: &'static [&'static str] = &[];
    fn member<'de, A: wire::Members<'de>>(
        &mut self,
        name: &str,
        value: wire::Value<'_, A>,
    ) -> Result<(), A::Error> {
        match name {
            "reportProgress" => value.optional(&mut self.report_progress),
            "treatGlobalObjectsAsRoots" => value.optional(&mut self.treat_global_objects_as_roots),
            "captureNumericValue" => value.optional(&mut self.capture_numeric_value),
            "exposeInternals" => value.optional(&mut self.expose_internals),
            _ => value.ignore(),
        }
    }
}
#[cfg(feature = "mirror")]
wire::read_object!(TakeHeapSnapshot);

impl wire::Serialize for TakeHeapSnapshot {
    fn serialize<S: wire::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = wire::ObjectWriter::new(serializer)?;
        object.optional("reportProgress", &self.report_progress)?;
        object.optional(
            "treatGlobalObjectsAsRoots",
            &self.treat_global_objects_as_roots,
        )?;
        object.optional("captureNumericValue", &self.capture_numeric_value)?;
        object.optional("exposeInternals", &self.expose_internals)?;
        object.end()
    }
}

impl crate::Command for TakeHeapSnapshot {
    const METHOD: &'static str = "HeapProfiler.takeHeapSnapshot";
    type Returns = TakeHeapSnapshotReturns;
}

/// Returns.
///
/// `HeapProfiler.takeHeapSnapshot`.
#[doc(alias = "HeapProfiler.takeHeapSnapshot")]
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct TakeHeapSnapshotReturns {}

impl wire::Object for TakeHeapSnapshotReturns {
    const NAME: &'static str = "HeapProfiler.takeHeapSnapshot";
    const REQUIRED: &'static [&'static str] = &[];
    fn member<'de, A: wire::Members<'de>>(
        &mut self,
        _name: &str,
        value: wire::Value<'_, A>,
    ) -> Result<(), A::Error> {
        value.ignore()
    }
}
wire::read_object!(TakeHeapSnapshotReturns);

#[cfg(feature = "mirror")]
impl wire::Serialize for TakeHeapSnapshotReturns {
    fn serialize<S: wire::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        wire::ObjectWriter::new(serializer)?.end()
    }
}

/// The commands of the `HeapProfiler` domain, for every client.
pub trait HeapProfilerCommands: crate::Client {
    /// `HeapProfiler.addInspectedHeapObject`.
    fn add_inspected_heap_object(
        &self,
        command: AddInspectedHeapObject,
    ) -> Self::Reply<'_, AddInspectedHeapObject> {
        crate::Client::call(self, command)
    }
    /// `HeapProfiler.collectGarbage`.
    fn collect_garbage(&self, command: CollectGarbage) -> Self::Reply<'_, CollectGarbage> {
        crate::Client::call(self, command)
    }
    /// `HeapProfiler.disable`.
    fn disable(&self, command: Disable) -> Self::Reply<'_, Disable> {
        crate::Client::call(self, command)
    }
    /// `HeapProfiler.enable`.
    fn enable(&self, command: Enable) -> Self::Reply<'_, Enable> {
        crate::Client::call(self, command)
    }
    /// `HeapProfiler.getHeapObjectId`.
    fn get_heap_object_id(&self, command: GetHeapObjectId) -> Self::Reply<'_, GetHeapObjectId> {
        crate::Client::call(self, command)
    }
    /// `HeapProfiler.getObjectByHeapObjectId`.
    fn get_object_by_heap_object_id(
        &self,
        command: GetObjectByHeapObjectId,
    ) -> Self::Reply<'_, GetObjectByHeapObjectId> {
        crate::Client::call(self, command)
    }
    /// `HeapProfiler.getSamplingProfile`.
    fn get_sampling_profile(
        &self,
        command: GetSamplingProfile,
    ) -> Self::Reply<'_, GetSamplingProfile> {
        crate::Client::call(self, command)
    }
    /// `HeapProfiler.startSampling`.
    fn start_sampling(&self, command: StartSampling) -> Self::Reply<'_, StartSampling> {
        crate::Client::call(self, command)
    }
    /// `HeapProfiler.startTrackingHeapObjects`.
    fn start_tracking_heap_objects(
        &self,
        command: StartTrackingHeapObjects,
    ) -> Self::Reply<'_, StartTrackingHeapObjects> {
        crate::Client::call(self, command)
    }
    /// `HeapProfiler.stopSampling`.
    fn stop_sampling(&self, command: StopSampling) -> Self::Reply<'_, StopSampling> {
        crate::Client::call(self, command)
    }
    /// `HeapProfiler.stopTrackingHeapObjects`.
    fn stop_tracking_heap_objects(
        &self,
        command: StopTrackingHeapObjects,
    ) -> Self::Reply<'_, StopTrackingHeapObjects> {
        crate::Client::call(self, command)
    }
    /// `HeapProfiler.takeHeapSnapshot`.
    fn take_heap_snapshot(&self, command: TakeHeapSnapshot) -> Self::Reply<'_, TakeHeapSnapshot> {
        crate::Client::call(self, command)
    }
}
impl<C: crate::Client + ?Sized> HeapProfilerCommands for C {}

/// Event.
///
/// `HeapProfiler.addHeapSnapshotChunk`.
#[doc(alias = "HeapProfiler.addHeapSnapshotChunk")]
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct AddHeapSnapshotChunkEvent {
    /// Member `chunk`.
    pub chunk: String,
}

impl wire::Object for AddHeapSnapshotChunkEvent {
    const NAME: &'static str = "HeapProfiler.addHeapSnapshotChunk";
    const REQUIRED: &'static [&'static str] = &["chunk"];
    fn member<'de, A: wire::Members<'de>>(
        &mut self,
        name: &str,
        value: wire::Value<'_, A>,
    ) -> Result<(), A::Error> {
        match name {
            "chunk" => value.required(&mut self.chunk),
            _ => value.ignore(),
        }
    }
}
wire::read_object!(AddHeapSnapshotChunkEvent);

#[cfg(feature = "mirror")]
impl wire::Serialize for AddHeapSnapshotChunkEvent {
    fn serialize<S: wire::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = wire::ObjectWriter::new(serializer)?;
        object.required("chunk", &self.chunk)?;
        object.end()
    }
}

impl crate::Event for AddHeapSnapshotChunkEvent {
    const METHOD: &'static str = "HeapProfiler.addHeapSnapshotChunk";
}

/// Event.
///
/// `HeapProfiler.heapStatsUpdate`.
#[doc(alias = "HeapProfiler.heapStatsUpdate")]
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct HeapStatsUpdateEvent {
    /// Member `statsUpdate`.
    #[doc(alias = "statsUpdate")]
    pub stats_update: Vec<i64>,
}

impl wire::Object for HeapStatsUpdateEvent {
    const NAME: &'static str = "HeapProfiler.heapStatsUpdate";
    const REQUIRED: &'static [&'static str] = &["statsUpdate"];
    fn member<'de, A: wire::Members<'de>>(
        &mut self,
        name: &str,
        value: wire::Value<'_, A>,
    ) -> Result<(), A::Error> {
        match name {
            "statsUpdate" => value.required(&mut self.stats_update),
            _ => value.ignore(),
        }
    }
}
wire::read_object!(HeapStatsUpdateEvent);

#[cfg(feature = "mirror")]
impl wire::Serialize for HeapStatsUpdateEvent {
    fn serialize<S: wire::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = wire::ObjectWriter::new(serializer)?;
        object.required("statsUpdate", &self.stats_update)?;
        object.end()
    }
}

impl crate::Event for HeapStatsUpdateEvent {
    const METHOD: &'static str = "HeapProfiler.heapStatsUpdate";
}

/// Event.
///
/// `HeapProfiler.lastSeenObjectId`.
#[doc(alias = "HeapProfiler.lastSeenObjectId")]
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct LastSeenObjectIdEvent {
    /// Member `lastSeenObjectId`.
    #[doc(alias = "lastSeenObjectId")]
    pub last_seen_object_id: i64,
    /// Member `timestamp`.
    pub timestamp: f64,
}

impl wire::Object for LastSeenObjectIdEvent {
    const NAME: &'static str = "HeapProfiler.lastSeenObjectId";
    const REQUIRED: &'static [&'static str] = &["lastSeenObjectId", "timestamp"];
    fn member<'de, A: wire::Members<'de>>(
        &mut self,
        name: &str,
        value: wire::Value<'_, A>,
    ) -> Result<(), A::Error> {
        match name {
            "lastSeenObjectId" => value.required(&mut self.last_seen_object_id),
            "timestamp" => value.required(&mut self.timestamp),
            _ => value.ignore(),
        }
    }
}
wire::read_object!(LastSeenObjectIdEvent);

#[cfg(feature = "mirror")]
impl wire::Serialize for LastSeenObjectIdEvent {
    fn serialize<S: wire::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = wire::ObjectWriter::new(serializer)?;
        object.required("lastSeenObjectId", &self.last_seen_object_id)?;
        object.required("timestamp", &self.timestamp)?;
        object.end()
    }
}

impl crate::Event for LastSeenObjectIdEvent {
    const METHOD: &'static str = "HeapProfiler.lastSeenObjectId";
}

/// Event.
///
/// `HeapProfiler.reportHeapSnapshotProgress`.
#[doc(alias = "HeapProfiler.reportHeapSnapshotProgress")]
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct ReportHeapSnapshotProgressEvent {
    /// Member `done`.
    pub done: i64,
    /// Member `total`.
    pub total: i64,
    /// Member `finished`.
    pub finished: Option<bool>,
}

impl wire::Object for ReportHeapSnapshotProgressEvent {
    const NAME: &'static str = "HeapProfiler.reportHeapSnapshotProgress";
    const REQUIRED: &'static [&'static str] = &["done", "total"];
    fn member<'de, A: wire::Members<'de>>(
        &mut self,
        name: &str,
        value: wire::Value<'_, A>,
    ) -> Result<(), A::Error> {
        match name {
            "done" => value.required(&mut self.done),
            "total" => value.required(&mut self.total),
            "finished" => value.optional(&mut self.finished),
            _ => value.ignore(),
        }
    }
}
wire::read_object!(ReportHeapSnapshotProgressEvent);

#[cfg(feature = "mirror")]
impl wire::Serialize for ReportHeapSnapshotProgressEvent {
    fn serialize<S: wire::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = wire::ObjectWriter::new(serializer)?;
        object.required("done", &self.done)?;
        object.required("total", &self.total)?;
        object.optional("finished", &self.finished)?;
        object.end()
    }
}

impl crate::Event for ReportHeapSnapshotProgressEvent {
    const METHOD: &'static str = "HeapProfiler.reportHeapSnapshotProgress";
}

/// Event.
///
/// `HeapProfiler.resetProfiles`.
#[doc(alias = "HeapProfiler.resetProfiles")]
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct ResetProfilesEvent {}

impl wire::Object for ResetProfilesEvent {
    const NAME: &'static str = "HeapProfiler.resetProfiles";
    const REQUIRED: &'static [&'static str] = &[];
    fn member<'de, A: wire::Members<'de>>(
        &mut self,
        _name: &str,
        value: wire::Value<'_, A>,
    ) -> Result<(), A::Error> {
        value.ignore()
    }
}
wire::read_object!(ResetProfilesEvent);

#[cfg(feature = "mirror")]
impl wire::Serialize for ResetProfilesEvent {
    fn serialize<S: wire::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        wire::ObjectWriter::new(serializer)?.end()
    }
}

impl crate::Event for ResetProfilesEvent {
    const METHOD: &'static str = "HeapProfiler.resetProfiles";
}

/// The events of the `HeapProfiler` domain.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum HeapProfilerEvent {
    /// `HeapProfiler.addHeapSnapshotChunk`
    AddHeapSnapshotChunk(AddHeapSnapshotChunkEvent),
    /// `HeapProfiler.heapStatsUpdate`
    HeapStatsUpdate(HeapStatsUpdateEvent),
    /// `HeapProfiler.lastSeenObjectId`
    LastSeenObjectId(LastSeenObjectIdEvent),
    /// `HeapProfiler.reportHeapSnapshotProgress`
    ReportHeapSnapshotProgress(ReportHeapSnapshotProgressEvent),
    /// `HeapProfiler.resetProfiles`
    ResetProfiles(ResetProfilesEvent),
}

impl HeapProfilerEvent {
    /// Decodes an event of this domain; `None` if the domain has no event of that method.
    pub fn decode(method: &str, params: &str) -> Option<Result<Self, crate::DecodeError>> {
        Some(match method {
            <AddHeapSnapshotChunkEvent as crate::Event>::METHOD => {
                crate::decode(params).map(Self::AddHeapSnapshotChunk)
            }
            <HeapStatsUpdateEvent as crate::Event>::METHOD => {
                crate::decode(params).map(Self::HeapStatsUpdate)
            }
            <LastSeenObjectIdEvent as crate::Event>::METHOD => {
                crate::decode(params).map(Self::LastSeenObjectId)
            }
            <ReportHeapSnapshotProgressEvent as crate::Event>::METHOD => {
                crate::decode(params).map(Self::ReportHeapSnapshotProgress)
            }
            <ResetProfilesEvent as crate::Event>::METHOD => {
                crate::decode(params).map(Self::ResetProfiles)
            }
            _ => return None,
        })
    }
    /// The method.
    pub fn method(&self) -> &'static str {
        match self {
            Self::AddHeapSnapshotChunk(_) => <AddHeapSnapshotChunkEvent as crate::Event>::METHOD,
            Self::HeapStatsUpdate(_) => <HeapStatsUpdateEvent as crate::Event>::METHOD,
            Self::LastSeenObjectId(_) => <LastSeenObjectIdEvent as crate::Event>::METHOD,
            Self::ReportHeapSnapshotProgress(_) => {
                <ReportHeapSnapshotProgressEvent as crate::Event>::METHOD
            }
            Self::ResetProfiles(_) => <ResetProfilesEvent as crate::Event>::METHOD,
        }
    }
}
