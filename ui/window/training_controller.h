// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/session/training_session.h"
#include "ui/runs/run_actions.h"
#include "ui/runs/run_model.h"

#include <QObject>

#include <memory>

class QAction;
class QAudioOutput;
class QMediaPlayer;
class QWidget;

namespace headroom::ui {

class ConfigModel;
class MainWindow;
class RunStatus;
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

    RunModel& run() { return run_; }
    TrainingPage& page() { return *page_; }
    /// Adds a widget to the tool bar, beside the actions of the run.
    void addToActions(QWidget* widget);

private:
    bool mayClose();
    void play(const QString& file);

    MainWindow& window_;
    RunModel run_;
    RunActions actions_;
    QAction* folder_;    ///< the place of the folder in the tool bar
    TrainingPage* page_; ///< owned by the window
    std::unique_ptr<RunStatus> status_;
    // Created when something is played first: they start the sound server.
    std::unique_ptr<QAudioOutput> output_;
    std::unique_ptr<QMediaPlayer> player_;
};

} // namespace headroom::ui
