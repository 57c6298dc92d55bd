// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/values/forecast.h"

namespace headroom {

/// How this program uses LibTorch's allocator on a card: with expandable segments if the driver can, because
/// they waste less memory. The environment takes precedence (PYTORCH_ALLOC_CONF or PYTORCH_CUDA_ALLOC_CONF).
/// Any thread.
AllocatorSettings allocatorSettings(const Card& card);

/// Sets them for this process. Call it before the first allocation on the card.
void applyAllocatorSettings(const Card& card);

} // namespace headroom
