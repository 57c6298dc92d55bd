// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/values/forecast.h"

#include <c10/core/Device.h>

namespace headroom {

/// The card of a device, whose capacity is the free memory plus what this program has reserved. The memory of
/// the context and of other programs is already subtracted. Throws Error as cardOf().
Card availableCard(c10::Device device);

} // namespace headroom
