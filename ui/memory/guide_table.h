// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/values/guide.h"
#include "ui/widgets/table_data.h"

namespace headroom::ui {

/// The figures of the guide for 32 GB cards beside those of this machine, one row per figure.
TableData guideTable(const std::vector<GuideFigure>& figures);

} // namespace headroom::ui
