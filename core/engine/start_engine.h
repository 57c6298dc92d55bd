#pragma once

namespace headroom {

/// To be called once at the start of a program in which other threads than that of a run make tensors, before
/// any of them does: what counts the memory of tensors is put in place here. Without it the first run does
/// so.
void startEngine();

} // namespace headroom
