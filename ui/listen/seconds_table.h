// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/values/listening.h"
#include "ui/widgets/table_data.h"

#include <array>
#include <optional>

namespace headroom::ui {

/// The SDR of both sources as a table: one row per second, with the levels of error and ground truth. A
/// source without SDR has no columns.
TableData secondsTable(const std::array<std::optional<SdrAnswer>, 2>& sources);

} // namespace headroom::ui
