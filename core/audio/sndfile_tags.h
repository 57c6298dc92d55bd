// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/audio/audio_tags.h"

#include <sndfile.h>

namespace headroom {

/// The tags of a file that libsndfile reads.
AudioTags sndfileTags(SNDFILE* file);

/// Sets the tags of a file that libsndfile writes, before its first sample. Containers may leave some out.
void setSndfileTags(SNDFILE* file, const AudioTags& tags);

} // namespace headroom
