// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/runs/run_chooser.h"

#include "ui/bridge/run_archive.h"
#include "ui/runs/run_model.h"

#include <QDir>

namespace headroom::ui {

RunChooser::RunChooser(RunArchive& archive, RunModel& run, QWidget* parent) : QComboBox(parent), run_(run) {
    constexpr int minLength = 20;
    setAccessibleName(tr("Run"));
    setToolTip(tr("The open run; select another one to open it"));
    setPlaceholderText(tr("No run yet"));
    setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    setMinimumContentsLength(minLength);
    connect(&archive, &RunArchive::listed, this, [this](const std::vector<RunSummary>& runs) {
        runs_ = runs;
        populate();
    });
    connect(&run_, &RunModel::stateChanged, this, &RunChooser::populate);
    connect(&run_, &RunModel::historyReplaced, this, &RunChooser::populate);
    connect(this, &QComboBox::activated, this,
            [this](int index) { Q_EMIT chosen(itemData(index).toString()); });
    populate();
}

void RunChooser::showPopup() {
    Q_EMIT refreshRequested();
    QComboBox::showPopup();
}

/// The open run comes first if the listing does not contain it. Unchanged items are not touched, because the
/// popup may be open.
void RunChooser::populate() {
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
