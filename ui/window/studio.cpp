// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/window/studio.h"

#include "ui/bridge/dataset_bridge.h"
#include "ui/configuration/option_panel.h"
#include "ui/configuration/presets.h"
#include "ui/data/data_page.h"
#include "ui/data/demo_button.h"
#include "ui/data/demo_start.h"
#include "ui/listen/listen_page.h"
#include "ui/memory/rank_box.h"
#include "ui/runs/runs_page.h"
#include "ui/theme/icon.h"
#include "ui/theme/theme.h"
#include "ui/training/training_page.h"
#include "ui/widgets/empty_state.h"
#include "ui/window/configuration_controller.h"
#include "ui/window/forecast_controller.h"
#include "ui/window/listen_controller.h"
#include "ui/window/main_window.h"
#include "ui/window/runs_controller.h"
#include "ui/window/training_controller.h"
#include "ui/window/window_controller.h"
#include "ui/window/workspace_controller.h"

#include <QAction>
#include <QDir>
#include <QMessageBox>

namespace headroom::ui {

Studio::Studio(Services services, Theme& theme)
    : services_(std::move(services)), window_(std::make_unique<MainWindow>()),
      options_(new OptionPanel(config_, theme)) {
    const Preset first = presets().front();
    config_.setBaseline(first.title, first.file, first.config);
    config_.history().clear();
    window_->setConfigurationPanel(options_);
    configuration_ = std::make_unique<ConfigurationController>(config_, *options_, *window_);
    if (services_.forecast)
        forecast_ = std::make_unique<ForecastController>(
            std::move(services_.forecast), std::move(services_.profile), config_, *options_, *window_, theme);
    if (forecast_ && services_.snapshots)
        forecast_->addSnapshots(std::move(services_.snapshots));
    if (services_.training)
        training_ =
            std::make_unique<TrainingController>(std::move(services_.training), config_, *window_, theme);
    if (training_ && services_.overfit)
        training_->addSanityMinute(std::move(services_.overfit), config_);
    if (training_ && services_.auditions)
        training_->addAuditions(std::move(services_.auditions));
    if (services_.listening && services_.separation)
        listen_ = std::make_unique<ListenController>(
            std::move(services_.listening), std::move(services_.separation), config_,
            training_ ? &training_->run() : nullptr, *window_, theme);
    if (services_.dataset) {
        dataset_ = std::make_unique<DatasetBridge>(std::move(services_.dataset));
        demo_ = std::make_unique<DemoStart>(*dataset_, config_);
        data_ = new DataPage(*dataset_, config_);
        data_->setObjectName(QStringLiteral("data"));
        window_->addPage(data_, tr("Data"), {.configurationOpen = false, .compactHeadroom = true});
    }
    if (services_.runs && training_)
        runs_ = std::make_unique<RunsController>(std::move(services_.runs), std::move(services_.weights),
                                                 training_->run(), *window_, theme);
    connectTraining();
    connectListening();
    connectDataset();
    connectForecast();
    if (demo_)
        addStartButtons();
    windowController_ =
        std::make_unique<WindowController>(*window_, theme, forecast_ ? &forecast_->forecast() : nullptr);
    workspace_ = std::make_unique<WorkspaceController>(config_, *configuration_, *window_, runs_.get(),
                                                       training_ ? &training_->run() : nullptr);
}

void Studio::connectTraining() {
    if (runs_) {
        connect(runs_.get(), &RunsController::opened, window_.get(),
                [this] { window_->showPage(&training_->page()); });
    }
    if (training_) {
        connect(&training_->run(), &RunModel::stateChanged, options_,
                [this] { options_->setRunning(training_->run().running()); });
        configuration_->setStoredElsewhere([this] { return training_->run().folderHasConfiguration(); });
    }
}

void Studio::connectListening() {
    if (listen_ && training_) {
        training_->page().setListeningAvailable(true);
        connect(&training_->page(), &TrainingPage::listenRequested, listen_.get(),
                [this](const QString& run, int, qint64 step) { listen_->listenTo(run, step); });
    }
    if (listen_ && data_ != nullptr) {
        data_->setPlaybackAvailable(true);
        connect(data_, &DataPage::playRequested, listen_.get(),
                [this](const QString&, const QString& song) { listen_->play(song); });
    }
}

void Studio::connectForecast() {
    if (!forecast_ || !training_)
        return;
    ForecastModel& forecast = forecast_->forecast();
    connect(&forecast, &ForecastModel::changed, &training_->page(), [this, &forecast] {
        std::optional<std::int64_t> bytes;
        // Only if the forecast is for a device of this machine, which is where the run is.
        if (const auto& result = forecast.forecast(); result && forecast.isLocalCard())
            bytes = forecast.isCpuChosen() ? result->peakAllocated : result->deviceTotal;
        training_->page().setForecast(bytes);
    });
    RunModel& run = training_->run();
    forecast_->followRun(run);
    training_->addToActions(new RankBox(forecast));
    training_->setDevice(forecast.trainingDevice());
    connect(&forecast, &ForecastModel::cardChanged, training_.get(), [this, &run, &forecast] {
        training_->setDevice(forecast.trainingDevice());
        run.setRanks(forecast.trainingRanks());
    });
    if (StepProfiling* profiling = forecast_->profiling())
        connect(&run, &RunModel::stateChanged, profiling,
                [profiling, &run] { profiling->setDeviceTaken(run.running()); });
    connect(&run, &RunModel::historyChanged, &forecast, [&run, &forecast] {
        const auto& step = run.history().lastStep();
        if (run.running() && forecast.isLocalCard() && !forecast.isCpuChosen() && step && step->memory &&
            step->memory->others)
            forecast.setMeasuredOthers(*step->memory->others);
    });
}

/// A data set that is opened becomes that of the configuration, unless a run is open: then the page asks.
void Studio::connectDataset() {
    if (data_ == nullptr)
        return;
    auto* open = new QAction(tr("Open &data set..."), this);
    window_->addOpenAction(open);
    connect(open, &QAction::triggered, data_, [this] {
        window_->showPage(data_);
        data_->chooseFolder();
    });
    auto* openTable = new QAction(tr("Open data set &table..."), this);
    window_->addOpenAction(openTable);
    connect(openTable, &QAction::triggered, data_, [this] {
        window_->showPage(data_);
        data_->chooseTable();
    });
    configuration_->setDatasetHandler([this](const QString& path) {
        data_->openDataset(path);
        window_->showPage(data_);
    });
    if (!training_)
        return;
    RunModel& run = training_->run();
    const auto updateRunName = [this, &run] {
        data_->setRunName(run.runConfig() ? QDir(run.folder()).dirName() : QString());
    };
    connect(&run, &RunModel::stateChanged, data_, updateRunName);
    connect(&run, &RunModel::opened, data_, updateRunName);
}

/// Adds buttons for a first run to the placeholders of empty pages.
void Studio::addStartButtons() {
    std::vector<EmptyState*> pages = {&data_->emptyState()};
    if (training_)
        pages.push_back(&training_->page().emptyState());
    if (listen_)
        pages.push_back(&listen_->page().emptyState());
    if (runs_)
        pages.push_back(&runs_->page().emptyState());
    for (EmptyState* page : pages)
        page->add(new DemoButton(*demo_));
    if (training_) {
        auto* open = new QPushButton(themeIcon(QStringLiteral("folder")), tr("Open a data set"));
        open->setMenu(data_->openMenu());
        training_->page().emptyState().add(open);
    }
    connect(demo_.get(), &DemoStart::failed, window_.get(), [this](const QString& message) {
        QMessageBox::warning(window_.get(), tr("Could not create the demo songs"), message);
    });
    connect(demo_.get(), &DemoStart::ready, window_.get(), [this] {
        if (!training_ || training_->run().running())
            return;
        training_->run().startNew();
        window_->showPage(&training_->page());
    });
}

bool Studio::busy() const {
    const bool inspects = dataset_ && (dataset_->busy() || dataset_->composing());
    return (forecast_ && forecast_->busy()) || inspects || (listen_ && listen_->page().model().busy());
}

Studio::~Studio() = default;

} // namespace headroom::ui
