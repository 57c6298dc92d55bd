// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/configuration/config_model.h"
#include "ui/window/window_services.h"

#include <QObject>

#include <memory>

namespace headroom::ui {

class DataPage;
class DatasetBridge;
class DemoStart;
class EmptyState;
class ForecastController;
class OptionPanel;
class ListenController;
class MainWindow;
class RunsController;
class ConfigurationController;
class Theme;
class TrainingController;
class WindowController;
class WorkspaceController;

/// Creates and connects the services, models, controllers and the window. GUI thread. Members are destroyed
/// in reverse order of declaration, so that no service answers a deleted widget.
class Studio : public QObject {
    Q_OBJECT

public:
    Studio(Services services, Theme& theme);
    ~Studio() override;

    MainWindow& window() { return *window_; }
    ConfigModel& config() { return config_; }
    ConfigurationController& configuration() { return *configuration_; }
    TrainingController* training() { return training_.get(); } ///< null without its service
    RunsController* runs() { return runs_.get(); }             ///< null without its service
    ListenController* listen() { return listen_.get(); }       ///< null without its services

    /// Whether anything shown in the window is still being computed; training does not count.
    bool busy() const;

private:
    void connectTraining();
    void connectListening();
    void connectDataset();
    void connectForecast();
    void addStartButtons();

    Services services_;
    ConfigModel config_;
    std::unique_ptr<MainWindow> window_;
    OptionPanel* options_;
    std::unique_ptr<ConfigurationController> configuration_;
    std::unique_ptr<ForecastController> forecast_; ///< null without its service
    std::unique_ptr<TrainingController> training_; ///< null without its service
    std::unique_ptr<DatasetBridge> dataset_;       ///< null without its service
    std::unique_ptr<DemoStart> demo_;              ///< null without a dataset service
    DataPage* data_ = nullptr;                     ///< owned by the window; null without a dataset service
    std::unique_ptr<RunsController> runs_;         ///< null without its service or without training
    std::unique_ptr<ListenController> listen_;     ///< null without its services
    std::unique_ptr<WindowController> windowController_;
    std::unique_ptr<WorkspaceController> workspace_;
};

} // namespace headroom::ui
