// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/session/listening_service.h"
#include "core/session/overfit_service.h"
#include "core/session/training_session.h"
#include "ui/runs/run_actions.h"
#include "ui/runs/run_model.h"

#include <QObject>
#include <QPointer>

#include <memory>
#include <string>

class QAction;
class QWidget;

namespace headroom::ui {

class ConfigModel;
class FilePlayer;
class MainWindow;
class RunStatus;
class SanityDialog;
class SanityMinute;
class Theme;
class TrainingPage;

/// Owns the open run and creates its actions in menu and tool bar, the Training page and the status bar.
/// Confirms closing the window while a run is in progress. GUI thread.
class TrainingController : public QObject {
    Q_OBJECT

public:
    /// @param window outlives this
    TrainingController(std::unique_ptr<TrainingSession> session, ConfigModel& config, MainWindow& window,
                       Theme& theme);
    ~TrainingController() override;

    /// Adds the sanity minute to menu and tool bar.
    void addSanityMinute(std::unique_ptr<OverfitService> service, const ConfigModel& config);
    /// Plays auditions.
    void addAuditions(std::unique_ptr<ListeningService> service);
    /// Where runs and sanity minutes train: "auto", "cpu", "cuda:1".
    void setDevice(const std::string& device);

    RunModel& run() { return run_; }
    TrainingPage& page() { return *page_; }
    /// Adds a widget to the tool bar, beside the actions of the run.
    void addToActions(QWidget* widget);

private:
    bool mayClose();
    void startSanityMinute();

    MainWindow& window_;
    RunModel run_;
    RunActions actions_;
    TrainingPage* page_; ///< owned by the window
    std::unique_ptr<RunStatus> status_;
    QAction* afterActions_ = nullptr;            ///< what follows the actions of runs in the tool bar
    std::unique_ptr<SanityMinute> sanityMinute_; ///< null without its service
    QPointer<SanityDialog> sanityDialog_;        ///< null while it is closed
    std::unique_ptr<FilePlayer> auditions_;      ///< null without its service
};

} // namespace headroom::ui
