// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/separate/segment_model.h"

namespace headroom {

/// Test-time augmentation: separates the segments as they are, with left and right swapped (stereo only), and
/// with inverted polarity, undoes the change in each result, and averages. Takes three times as long, twice
/// for mono, and no more device memory, since the passes follow each other.
SegmentFunction augmented(SegmentFunction separate);

} // namespace headroom
