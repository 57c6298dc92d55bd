#pragma once

#include "core/view/run_history.h"

#include <QString>

namespace headroom::ui {

/// One line on what the last steps waited for, and what could be done about it; empty before the first.
QString runDiagnosis(const RunHistory& history);

} // namespace headroom::ui
