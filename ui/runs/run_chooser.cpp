#include "ui/runs/run_chooser.h"

#include "ui/bridge/run_archive.h"
#include "ui/runs/run_model.h"

#include <QDir>

namespace headroom::ui {

RunChooser::RunChooser(RunArchive& archive, RunModel& run, QWidget* parent) : QComboBox(parent), run_(run) {
    constexpr int letters = 20;
    setAccessibleName(tr("Run"));
    setToolTip(tr("The run that is shown, and others to take up in its place"));
    setPlaceholderText(tr("No run yet"));
    setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    setMinimumContentsLength(letters);
    connect(&archive, &RunArchive::listed, this, [this](const std::vector<RunSummary>& runs) {
        runs_ = runs;
        fill();
    });
    connect(&run_, &RunModel::stateChanged, this, &RunChooser::fill);
    connect(&run_, &RunModel::historyReplaced, this, &RunChooser::fill);
    connect(this, &QComboBox::activated, this,
            [this](int index) { Q_EMIT chosen(itemData(index).toString()); });
    fill();
}

void RunChooser::showPopup() {
    Q_EMIT refreshWanted();
    QComboBox::showPopup();
}

/// The run of the window comes first where it is not among those that are known yet. What is as it was stays
/// untouched: the list may be open.
void RunChooser::fill() {
    QStringList folders;
    for (const RunSummary& run : runs_) {
        if (run.problem.empty())
            folders << QString::fromStdString(run.folder);
    }
    const QString folder = run_.folder();
    if (!folder.isEmpty() && !folders.contains(folder))
        folders.prepend(folder);
    if (folders != folders_) {
        folders_ = folders;
        clear();
        for (const QString& each : folders_)
            addItem(QDir(each).dirName(), each);
    }
    setCurrentIndex(folder.isEmpty() ? -1 : findData(folder));
    setEnabled(!run_.running() && count() > 0);
}

} // namespace headroom::ui
