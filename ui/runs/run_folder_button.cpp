// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/runs/run_folder_button.h"

#include "ui/runs/run_model.h"
#include "ui/theme/icon.h"
#include "ui/theme/plain_text.h"
#include "ui/theme/typography.h"

#include <QDesktopServices>
#include <QDir>
#include <QFileDialog>
#include <QMenu>
#include <QUrl>

namespace headroom::ui {
namespace {

/// Abbreviates the home directory to ~.
QString shortPath(const QString& path) {
    const QString home = QDir::homePath();
    return path.startsWith(home + QLatin1Char('/')) ? QLatin1Char('~') + path.mid(home.size()) : path;
}

} // namespace

RunFolderButton::RunFolderButton(RunModel& run, QWidget* parent)
    : QToolButton(parent), run_(run), openRun_(new QAction(tr("Open the folder of this run"), this)) {
    setIcon(themeIcon(QStringLiteral("folder")));
    setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    setPopupMode(QToolButton::InstantPopup);
    auto* menu = new QMenu(this);
    QAction* open = menu->addAction(tr("Open the folder of all runs"));
    connect(open, &QAction::triggered, this, [this] { revealFolder(run_.runsFolder()); });
    menu->addAction(openRun_);
    connect(openRun_, &QAction::triggered, this, [this] { revealFolder(run_.folder()); });
    menu->addSeparator();
    connect(menu->addAction(tr("Change the folder of new runs…")), &QAction::triggered, this,
            &RunFolderButton::choose);
    setMenu(menu);
    connect(&run_, &RunModel::stateChanged, this, &RunFolderButton::refresh);
    // Also emitted when the configuration, which may name another folder, has changed.
    connect(&run_, &RunModel::pendingChanged, this, &RunFolderButton::refresh);
    refresh();
}

void RunFolderButton::refresh() {
    constexpr int maxWidth = 15; // em
    const QString path = QDir::toNativeSeparators(run_.runsFolder());
    setText(plainActionText(fontMetrics().elidedText(shortPath(path), Qt::ElideMiddle, em(maxWidth))));
    setToolTip(plainToolTip(tr("New runs are saved in %1").arg(path)));
    setAccessibleName(tr("Runs folder: %1").arg(path));
    openRun_->setEnabled(QDir(run_.folder()).exists() && !run_.folder().isEmpty());
}

void RunFolderButton::choose() {
    const QString folder =
        QFileDialog::getExistingDirectory(this, tr("Folder of new runs"), run_.runsFolder());
    if (folder.isEmpty())
        return;
    Q_EMIT folderChosen(folder);
    refresh();
}

void revealFolder(const QString& folder) {
    QDir().mkpath(folder);
    QDesktopServices::openUrl(QUrl::fromLocalFile(folder));
}

} // namespace headroom::ui
