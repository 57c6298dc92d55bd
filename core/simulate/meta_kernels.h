#pragma once

namespace headroom {

/// Gives LibTorch kernels on Meta for the operators of a training step that have none in C++: they make the
/// results that the real ones make, in the same order, without values. To be called once.
void registerMetaKernels();

} // namespace headroom
