// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/memory/fit_zones.h"
#include "ui/memory/forecast_model.h"
#include "ui/memory/snapshot_model.h"
#include "ui/memory/step_profiling.h"

#include <QObject>
#include <QPointer>

#include <memory>

namespace headroom::ui {

class ConfigModel;
class HeadroomBar;
class OptionPanel;
class MainWindow;
class MemoryPage;
class RunModel;
class SnapshotDialog;
class Theme;

/// Creates the headroom bar, the fit zones of the sliders and the Memory page. GUI thread.
class ForecastController : public QObject {
    Q_OBJECT

public:
    /// @param profile null: steps cannot be profiled  @param options,window,theme outlive this
    ForecastController(std::unique_ptr<ForecastService> forecast, std::unique_ptr<ProfileService> profile,
                       ConfigModel& config, OptionPanel& options, MainWindow& window, const Theme& theme);

    /// Adds the export of memory snapshots to the Memory page, and their opening to the File menu and to
    /// dropped files.
    void addSnapshots(std::unique_ptr<SnapshotService> service);

    ForecastModel& forecast() { return forecast_; }
    /// While the run is in progress, the forecast is for its device. @param run outlives this
    void followRun(RunModel& run);
    /// Whether the forecast or the fit zones are being computed.
    bool busy() const;
    StepProfiling* profiling() { return profiling_.get(); } ///< null without its service

private:
    void connectZones(OptionPanel& options);
    void chooseSnapshot();
    void openSnapshot(const QString& file);

    MainWindow& window_;
    const Theme& theme_;
    ForecastModel forecast_;
    FitZones zones_;
    std::unique_ptr<StepProfiling> profiling_;
    std::unique_ptr<SnapshotModel> snapshots_;
    MemoryPage* page_ = nullptr;      ///< owned by the window
    QPointer<SnapshotDialog> dialog_; ///< null while no snapshot is open
};

} // namespace headroom::ui
