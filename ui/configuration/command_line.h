#pragma once

#include <QString>

namespace headroom::ui {

class ConfigModel;

/// The command that trains with the current setting: the baseline's file, and every knob that differs from it
/// as --set. Ready for a POSIX shell.
QString trainCommand(const ConfigModel& model);

} // namespace headroom::ui
