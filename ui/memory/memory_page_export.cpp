// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/support/atomic_file.h"
#include "core/support/error.h"
#include "core/view/memory_tree.h"
#include "ui/memory/memory_page.h"
#include "ui/memory/memory_timeline.h"
#include "ui/memory/snapshot_model.h"
#include "ui/memory/tensors_view.h"
#include "ui/memory/timeline_table.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/saved_notice.h"

#include <QFileDialog>
#include <QMessageBox>

namespace headroom::ui {

void MemoryPage::chooseExport() {
    if (drawn_ == nullptr)
        return;
    QStringList types = {tr("Image (*.png)"), tr("Vector image (*.svg)"), tr("Table (*.csv)"),
                         tr("Flame graph, folded stacks (*.folded)")};
    if (snapshots_ != nullptr)
        types << tr("Memory snapshot of PyTorch (*.pickle)");
    const QString path = QFileDialog::getSaveFileName(
        this, tr("Export the timeline"), QStringLiteral("memory.png"), types.join(QStringLiteral(";;")));
    if (!path.isEmpty())
        exportTo(path);
}

TableData MemoryPage::drawnTable() const {
    return showsRun() ? runTable(*drawn_) : timelineTable(*drawn_);
}

void MemoryPage::exportTo(const QString& path) {
    if (snapshots_ != nullptr && path.endsWith(QStringLiteral(".pickle"), Qt::CaseInsensitive))
        return snapshots_->write(path);
    try {
        writeExport(path);
    } catch (const Error& error) {
        QMessageBox::warning(this, tr("Not exported"), QString::fromStdString(error.message()));
    }
}

void MemoryPage::writeExport(const QString& path) {
    if (path.endsWith(QStringLiteral(".csv"), Qt::CaseInsensitive)) {
        const TableData table = drawnTable();
        writeFileAtomically(path.toStdString(), table.csv().toStdString());
        return saved_->showSaved(path, table.note);
    }
    if (path.endsWith(QStringLiteral(".folded"), Qt::CaseInsensitive)) {
        const MemoryNode tree = memoryTree(shown_->tensors, tensors_->event());
        writeFileAtomically(path.toStdString(), foldedStacks(tree));
        return saved_->showSaved(path, peak_->text());
    }
    if (path.endsWith(QStringLiteral(".svg"), Qt::CaseInsensitive))
        timeline_->saveSvg(path, configurationText());
    else
        timeline_->savePng(path, configurationText());
    saved_->showSaved(path);
}

} // namespace headroom::ui
