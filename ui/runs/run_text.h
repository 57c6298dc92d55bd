// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>

/// Display text of the state of the open run. GUI thread.
namespace headroom::ui {

class RunModel;

/// "Paused", "Interrupted at step 27", "Watching process 14328 on workshop".
QString runStateText(const RunModel& run);

/// What the user should know about a run that does not train here: that it was interrupted and where it would
/// resume, which program trains it, that its journal is being read. Empty: nothing.
QString runNoticeText(const RunModel& run);

} // namespace headroom::ui
