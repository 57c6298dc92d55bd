// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>

namespace headroom::ui {

class ConfigModel;

/// The command that trains with the current configuration: the file of the baseline, and --set for each
/// option that differs from it, and --ranks for several. Quoted for a POSIX shell.
QString trainCommand(const ConfigModel& model, int ranks = 1);

} // namespace headroom::ui
