// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/values/dataset_report.h"

#include <QString>

namespace headroom::ui {

/// A line of rich text that names the layouts of a data set, after a line break; empty without layouts.
QString layoutText(const DatasetReport& report);

} // namespace headroom::ui
