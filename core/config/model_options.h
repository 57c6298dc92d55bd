// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/config/option.h"

#include <vector>

namespace headroom {

/// The options of the section `model`, in the order of the table.
std::vector<Option> modelOptions();

} // namespace headroom
