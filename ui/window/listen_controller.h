// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/bridge/listen_bridge.h"

#include <QObject>

#include <memory>

namespace headroom::ui {

class ConfigModel;
class ListenPage;
class MainWindow;
class RunModel;
class Theme;

/// Creates the Listen page and supplies it with the data set of the configuration, files dropped on the
/// window and the open run. While the run trains, separation leaves most of the machine to it. GUI thread.
class ListenController : public QObject {
    Q_OBJECT

public:
    /// @param run null without a training service  @param window outlives this
    ListenController(std::unique_ptr<ListeningService> listening,
                     std::unique_ptr<SeparationService> separation, ConfigModel& config, RunModel* run,
                     MainWindow& window, const Theme& theme);
    ~ListenController() override;

    ListenPage& page() { return *page_; }
    /// Shows the page with the run's checkpoint nearest to a step.
    void listenTo(const QString& runFolder, qint64 step);
    /// Shows the page and plays a song of the data set. @param title "train/name"
    void play(const QString& title);

private:
    void selectBest();
    void follow(RunModel& run);
    void followDataset();
    void onDropped(const QString& path);
    void addActions();
    void addNowPlaying();

    ListenBridge bridge_;
    ConfigModel& config_;
    RunModel* run_; ///< null without a training service
    MainWindow& window_;
    std::unique_ptr<ListenPage> page_; ///< destroyed before the bridge, which removes it from the window
    QString dataset_;
    bool checkpointSelected_ = false; ///< by selectBest() or listenTo()
};

} // namespace headroom::ui
