// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/audio/file_bytes.h"

namespace headroom {

/// Throws Error (Input) if several Ogg files are joined in one, of which libsndfile would read only the
/// first. Does nothing for other formats.
void rejectJoinedOgg(const FileBytes& file);

} // namespace headroom
