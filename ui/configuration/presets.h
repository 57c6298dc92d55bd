#pragma once

#include "core/config/run_config.h"

#include <QString>

#include <vector>

namespace headroom::ui {

/// A setting that the program brings along: one of configs/.
struct Preset {
    QString file;  ///< "configs/paper.yaml", as the command line names it
    QString title; ///< "Paper setting"
    QString about; ///< the comment that the file begins with
    RunConfig config;
};

/// In the order in which they are offered.
std::vector<Preset> presets();

} // namespace headroom::ui
