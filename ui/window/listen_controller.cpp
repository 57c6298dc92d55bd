// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/window/listen_controller.h"

#include "core/values/weights_suffixes.h"
#include "ui/configuration/config_model.h"
#include "ui/listen/listen_page.h"
#include "ui/listen/now_playing.h"
#include "ui/runs/run_model.h"
#include "ui/window/main_window.h"

#include <QAction>
#include <QFileInfo>
#include <QStatusBar>

#include <utility>

namespace headroom::ui {

ListenController::ListenController(std::unique_ptr<ListeningService> listening,
                                   std::unique_ptr<SeparationService> separation, ConfigModel& config,
                                   RunModel* run, MainWindow& window, const Theme& theme)
    : bridge_(std::move(listening), std::move(separation)), config_(config), run_(run), window_(window),
      page_(std::make_unique<ListenPage>(bridge_, theme)) {
    page_->setObjectName(QStringLiteral("listen"));
    window_.addPage(page_.get(), tr("Listen"), {});
    connect(&config_, &ConfigModel::changed, this, &ListenController::followDataset);
    connect(&window_, &MainWindow::dropped, this, &ListenController::onDropped);
    if (run != nullptr)
        follow(*run);
    connect(&window_, &MainWindow::pageShown, this, [this](QWidget* page) {
        if (page == page_.get())
            selectBest();
    });
    addActions();
    addNowPlaying();
    followDataset();
}

void ListenController::addActions() {
    const auto open = [this](const QString& text, void (ListenPage::*choose)()) {
        auto* action = new QAction(text, this);
        window_.addOpenAction(action);
        connect(action, &QAction::triggered, this, [this, choose] {
            window_.showPage(page_.get());
            (page_.get()->*choose)();
        });
    };
    open(tr("Open &audio..."), &ListenPage::chooseFile);
    open(tr("Open &weights to listen to..."), &ListenPage::chooseWeights);
    const auto control = [this](const QString& text, const QList<QKeySequence>& keys,
                                void (ListenPage::*run)()) {
        auto* action = new QAction(text, this);
        action->setShortcuts(keys);
        window_.addAction(MainWindow::Menu::Audio, action);
        connect(action, &QAction::triggered, page_.get(), run);
    };
    control(tr("&Play or pause"),
            {QKeySequence(Qt::CTRL | Qt::Key_P), Qt::Key_MediaTogglePlayPause, Qt::Key_MediaPlay},
            &ListenPage::togglePlay);
    control(tr("&Stop playback"), {Qt::Key_MediaStop}, &ListenPage::stop);
    control(tr("&Next song"), {Qt::Key_MediaNext}, &ListenPage::openNext);
}

void ListenController::addNowPlaying() {
    auto* playing = new NowPlaying(*page_);
    playing->setPageShown(window_.currentPage() == page_.get());
    window_.statusBar()->addPermanentWidget(playing);
    connect(&window_, &MainWindow::pageShown, playing,
            [this, playing](QWidget* page) { playing->setPageShown(page == page_.get()); });
    connect(page_.get(), &QObject::destroyed, playing, &QObject::deleteLater);
}

ListenController::~ListenController() = default;

/// If nothing is selected yet, selects the best checkpoint of the open run. Not while the run trains, which
/// the separation would slow down.
void ListenController::selectBest() {
    const bool selected = page_->model().slot(0).source().kind != ListenSource::Kind::None;
    if (run_ == nullptr || run_->running() || run_->folder().isEmpty() || selected || checkpointSelected_)
        return;
    checkpointSelected_ = true;
    page_->listenToBest(run_->folder());
}

void ListenController::follow(RunModel& run) {
    connect(&run, &RunModel::stateChanged, this, [this, &run] {
        bridge_.separation().setSingleCore(run.running());
        page_->addRun(run.folder());
    });
}

void ListenController::followDataset() {
    const QString folder = QString::fromStdString(config_.config().data.root);
    if (folder == dataset_ || folder.isEmpty() || !QFileInfo::exists(folder))
        return;
    dataset_ = folder;
    page_->setDataset(folder, config_.config());
}

void ListenController::onDropped(const QString& path) {
    const QString suffix = QFileInfo(path).suffix().toLower();
    const QStringList others = {QStringLiteral("yaml"), QStringLiteral("yml"), QStringLiteral("csv")};
    if (QFileInfo(path).isDir() || others.contains(suffix))
        return; // a data set, a run or a configuration
    if (isWeightsSuffix(suffix.toStdString()))
        page_->loadWeights(path);
    else
        page_->openFile(path);
    window_.showPage(page_.get());
}

void ListenController::listenTo(const QString& runFolder, qint64 step) {
    checkpointSelected_ = true;
    page_->listenTo(runFolder, step);
    window_.showPage(page_.get());
}

void ListenController::play(const QString& title) {
    window_.showPage(page_.get());
    page_->playSong(title);
}

} // namespace headroom::ui
