#pragma once

#include "core/session/training_session.h"
#include "ui/runs/run_actions.h"
#include "ui/runs/run_model.h"

#include <QObject>

#include <memory>

namespace headroom::ui {

class ConfigModel;
class MainWindow;
class RunStatus;
class Theme;
class TrainingPage;

/// The part of the studio that trains: the run, what steers it in menu and tool bar, its page and its line in
/// the status bar, and the window's manners while one is going. GUI thread.
class TrainingController : public QObject {
    Q_OBJECT

public:
    /// @param window outlives this
    TrainingController(std::unique_ptr<TrainingSession> session, ConfigModel& config, MainWindow& window,
                       Theme& theme);
    ~TrainingController() override;

    RunModel& run() { return run_; }
    TrainingPage& page() { return *page_; }

private:
    bool mayClose();

    MainWindow& window_;
    RunModel run_;
    RunActions actions_;
    TrainingPage* page_; ///< of the window
    std::unique_ptr<RunStatus> status_;
};

} // namespace headroom::ui
