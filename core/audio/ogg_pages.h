#pragma once

#include "core/audio/file_bytes.h"

namespace headroom {

/// Throws Error (Input) where several Ogg files are joined in one: libsndfile would read the first alone.
/// Files of other kinds pass.
void refuseJoinedOgg(const FileBytes& file);

} // namespace headroom
