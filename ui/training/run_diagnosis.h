// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/view/run_history.h"

#include <QString>

namespace headroom::ui {

/// One line about the bottleneck of the last steps and its remedy. Empty before the first step.
QString runDiagnosis(const RunHistory& history);

} // namespace headroom::ui
