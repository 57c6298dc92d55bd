#pragma once

#include "core/values/listening.h"
#include "ui/widgets/text_table.h"

#include <array>
#include <optional>

namespace headroom::ui {

/// The SDR strip as text: each second, what the two sources reach in it, and how loud the true stem and their
/// errors are. Sources without measures have no columns.
TextTable secondsTable(const std::array<std::optional<SdrAnswer>, 2>& sources);

} // namespace headroom::ui
