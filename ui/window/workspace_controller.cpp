// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/window/workspace_controller.h"

#include "core/config/config_file.h"
#include "core/interop/open_config.h"
#include "core/session/run_paths.h"
#include "core/support/error.h"
#include "ui/configuration/config_model.h"
#include "ui/configuration/presets.h"
#include "ui/runs/run_model.h"
#include "ui/window/configuration_controller.h"
#include "ui/window/main_window.h"
#include "ui/window/runs_controller.h"

#include <QFileInfo>

#include <algorithm>
#include <optional>

namespace headroom::ui {
namespace {

QString yaml(const RunConfig& config) {
    return QString::fromStdString(dumpConfig(config));
}

/// Absent if the text cannot be parsed, for example because another version of the program wrote it.
std::optional<RunConfig> parsed(const QString& text) {
    if (text.isEmpty())
        return std::nullopt;
    try {
        return parseConfig(text.toStdString(), "studio.ini");
    } catch (const Error&) {
        return std::nullopt;
    }
}

/// The current content of a configuration file; absent for presets and unreadable files.
std::optional<RunConfig> loaded(const QString& file) {
    if (!QFileInfo(file).isAbsolute())
        return std::nullopt;
    try {
        return openConfig(file.toStdString()).config;
    } catch (const Error&) {
        return std::nullopt;
    }
}

/// Name of the baseline; that of a preset is translated again, because the language may have changed.
QString baselineTitle(const preferences::Workspace& stored) {
    const std::vector<Preset> all = presets();
    const auto preset = std::ranges::find(all, stored.baselineFile, &Preset::file);
    return preset == all.end() ? stored.baselineName : preset->title;
}

} // namespace

WorkspaceController::WorkspaceController(ConfigModel& config, const ConfigurationController& configuration,
                                         MainWindow& window, RunsController* runs, RunModel* run)
    : config_(config), configuration_(configuration), window_(window), runs_(runs), run_(run) {
    if (const auto stored = preferences::workspace())
        restore(*stored);
    constexpr int storeDelayMs = 500;
    storeTimer_.setSingleShot(true);
    storeTimer_.setInterval(storeDelayMs);
    const auto startTimer = qOverload<>(&QTimer::start);
    connect(&storeTimer_, &QTimer::timeout, this, &WorkspaceController::store);
    connect(&config_, &ConfigModel::changed, &storeTimer_, startTimer);
    connect(&window_, &MainWindow::pageShown, &storeTimer_, startTimer);
    if (run_ != nullptr) {
        connect(run_, &RunModel::stateChanged, &storeTimer_, startTimer);
        connect(run_, &RunModel::opened, &storeTimer_, startTimer);
    }
}

WorkspaceController::~WorkspaceController() {
    store();
}

void WorkspaceController::restore(const preferences::Workspace& stored) {
    restoreRun(stored.run);
    restoreConfiguration(stored);
    window_.showPage(stored.page);
}

/// Without an error message: the folder may have been moved or deleted since.
void WorkspaceController::restoreRun(const QString& folder) {
    if (runs_ == nullptr || folder.isEmpty() || !RunPaths{folder.toStdString()}.holdsRun())
        return;
    try {
        run_->open(folder);
    } catch (const Error&) {
        return;
    }
}

void WorkspaceController::restoreConfiguration(const preferences::Workspace& stored) {
    auto baseline = loaded(stored.baselineFile);
    if (!baseline)
        baseline = parsed(stored.baseline);
    const auto changed = parsed(stored.config);
    if (!baseline)
        baseline = changed;
    if (!baseline)
        return;
    RunConfig config = changed.value_or(*baseline);
    if (!stored.dataset.isEmpty())
        config.data.root = stored.dataset.toStdString();
    config_.restore(baselineTitle(stored), stored.baselineFile, *baseline, config);
}

void WorkspaceController::store() const {
    const bool changed = config_.isModified() && !configuration_.discarded();
    const std::string& dataset = config_.config().data.root;
    QWidget* page = window_.currentPage();
    preferences::setWorkspace(
        {.baselineName = config_.baselineName(),
         .baselineFile = config_.baselineFile(),
         .baseline = yaml(config_.baseline()),
         .config = changed ? yaml(config_.config()) : QString(),
         .dataset = dataset == config_.baseline().data.root ? QString() : QString::fromStdString(dataset),
         .run = run_ != nullptr && run_->runConfig() ? run_->folder() : QString(),
         .page = page != nullptr ? page->objectName() : QString()});
}

} // namespace headroom::ui
