#include "ui/window/workspace_controller.h"

#include "core/config/config_file.h"
#include "core/config/option_table.h"
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

/// Absent where another version of the program wrote what this one cannot read.
std::optional<RunConfig> parsed(const QString& text) {
    if (text.isEmpty())
        return std::nullopt;
    try {
        return parseConfig(text.toStdString(), "studio.ini");
    } catch (const Error&) {
        return std::nullopt;
    }
}

/// A file of the user's as it is now; it may have been edited, or be gone.
std::optional<RunConfig> loaded(const QString& file) {
    if (!QFileInfo(file).isAbsolute())
        return std::nullopt;
    try {
        return loadConfig(file.toStdString());
    } catch (const Error&) {
        return std::nullopt;
    }
}

/// A preset's name in the language of the window.
QString title(const preferences::Workspace& noted) {
    const std::vector<Preset> all = presets();
    const auto preset = std::ranges::find(all, noted.baselineFile, &Preset::file);
    return preset == all.end() ? noted.baselineName : preset->title;
}

} // namespace

WorkspaceController::WorkspaceController(ConfigModel& config, const ConfigurationController& settings,
                                         MainWindow& window, RunsController* runs, RunModel* run)
    : config_(config), settings_(settings), window_(window), runs_(runs), run_(run) {
    if (const auto noted = preferences::workspace())
        recall(*noted);
    constexpr int soonMs = 500;
    soon_.setSingleShot(true);
    soon_.setInterval(soonMs);
    const auto later = qOverload<>(&QTimer::start);
    connect(&soon_, &QTimer::timeout, this, &WorkspaceController::note);
    connect(&config_, &ConfigModel::changed, &soon_, later);
    connect(&window_, &MainWindow::pageShown, &soon_, later);
    if (run_ != nullptr) {
        connect(run_, &RunModel::stateChanged, &soon_, later);
        connect(run_, &RunModel::opened, &soon_, later);
    }
}

WorkspaceController::~WorkspaceController() {
    note();
}

void WorkspaceController::recall(const preferences::Workspace& noted) {
    recallRun(noted.run);
    recallSetting(noted);
    window_.showPage(noted.page);
}

/// It may have been moved or removed since: then there is none, which is nothing to complain about.
void WorkspaceController::recallRun(const QString& folder) {
    if (runs_ == nullptr || folder.isEmpty() || !RunPaths{folder.toStdString()}.holdsRun())
        return;
    try {
        run_->open(folder);
    } catch (const Error&) {
        return;
    }
}

void WorkspaceController::recallSetting(const preferences::Workspace& noted) {
    auto baseline = loaded(noted.baselineFile);
    if (!baseline)
        baseline = parsed(noted.baseline);
    const auto changed = parsed(noted.setting);
    if (!baseline)
        baseline = changed;
    if (!baseline)
        return;
    RunConfig config = changed.value_or(*baseline);
    if (!noted.songs.isEmpty())
        config.data.root = noted.songs.toStdString();
    config_.restore(title(noted), noted.baselineFile, *baseline, config);
}

void WorkspaceController::note() const {
    const bool changed = config_.isModified() && !settings_.discarded();
    const std::string& songs = config_.config().data.root;
    QWidget* page = window_.currentPage();
    preferences::setWorkspace(
        {.baselineName = config_.baselineName(),
         .baselineFile = config_.baselineFile(),
         .baseline = yaml(config_.baseline()),
         .setting = changed ? yaml(config_.config()) : QString(),
         .songs = songs == config_.baseline().data.root ? QString() : QString::fromStdString(songs),
         .run = run_ != nullptr && run_->runConfig() ? run_->folder() : QString(),
         .page = page != nullptr ? page->objectName() : QString()});
}

} // namespace headroom::ui
