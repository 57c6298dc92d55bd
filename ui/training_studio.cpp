#include "ui/training_studio.h"

#include "ui/main_window.h"
#include "ui/pages/training_page.h"
#include "ui/widgets/done_notice.h"
#include "ui/widgets/run_progress.h"
#include "ui/widgets/run_status.h"

#include <QMessageBox>
#include <QPushButton>
#include <QStatusBar>
#include <QToolBar>

#include <utility>

namespace headroom::ui {

TrainingStudio::TrainingStudio(std::unique_ptr<TrainingSession> session, ConfigModel& config,
                               MainWindow& window, Theme& theme)
    : window_(window), run_(std::move(session), config), actions_(run_), page_(new TrainingPage(run_, theme)),
      status_(std::make_unique<RunStatus>(run_, *window.statusBar())) {
    page_->setObjectName(QStringLiteral("training"));
    window_.addPage(page_, tr("Training"), {.settingsOpen = true, .compactHeadroom = false});
    for (QAction* action : actions_.all()) {
        window_.addAction(MainWindow::Menu::Run, action);
        window_.toolBar().addAction(action);
    }
    auto* progress = new RunProgress(run_);
    progress->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    window_.toolBar().addWidget(progress);
    window_.toolBar().setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    window_.toolBar().setVisible(true);
    window_.setCloseGuard([this] { return mayClose(); });
    connect(&run_, &RunModel::refused, this, [this](const QString& message) {
        QMessageBox::warning(&window_, tr("This cannot be done"), message);
    });
    connect(&run_, &RunModel::ended, this, [this] {
        if (closing_)
            window_.close();
        else
            notifyDone(window_, tr("Training has ended"), runStateText(run_));
    });
}

TrainingStudio::~TrainingStudio() = default;

/// A run that is going is stopped, which saves it, before the window closes.
bool TrainingStudio::mayClose() {
    if (!run_.running())
        return true;
    if (closing_)
        return false;
    QMessageBox question(QMessageBox::Question, tr("Training is going on"),
                         tr("Training is going on: step %1.").arg(run_.history().step()),
                         QMessageBox::NoButton, &window_);
    question.setInformativeText(tr("The run can be carried on later from where it is saved now."));
    const QPushButton* stop = question.addButton(tr("Stop, save and close"), QMessageBox::AcceptRole);
    question.addButton(tr("Keep training"), QMessageBox::RejectRole);
    question.exec();
    if (question.clickedButton() != stop)
        return false;
    closing_ = true;
    run_.stop();
    return !run_.running();
}

} // namespace headroom::ui
