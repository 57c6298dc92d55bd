// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/listen/source_menu.h"

#include "core/values/weights_suffixes.h"
#include "ui/bridge/listen_bridge.h"
#include "ui/theme/plain_text.h"
#include "ui/theme/typography.h"

#include <QFileDialog>
#include <QFileInfo>
#include <QMessageBox>

#include <algorithm>
#include <utility>

namespace headroom::ui {

void SourceMenu::loadCheckpoints(const QString& runFolder, std::function<void(const CheckpointList&)> then) {
    if (runFolder.isEmpty())
        return;
    bridge_.listening().listCheckpoints(
        bridge_.nextNumber(), runFolder.toStdString(),
        bridge_.onGui<CheckpointList>(this,
                                      [this, runFolder, then = std::move(then)](const CheckpointList& list) {
                                          runs_[runFolder] = list.checkpoints;
                                          if (then)
                                              then(list);
                                      }));
}

ListenSource SourceMenu::checkpoint(const QString& runFolder, const CheckpointInfo& info) {
    ListenSource source;
    source.kind = ListenSource::Kind::Model;
    source.model.run = runFolder.toStdString();
    source.model.step = info.step;
    source.title = tr("Epoch %1").arg(info.epoch);
    const QString run = QFileInfo(runFolder).fileName();
    source.detail = info.best ? tr("%1, step %2, best").arg(run).arg(info.step)
                              : tr("%1, step %2").arg(run).arg(info.step);
    return source;
}

ListenSource SourceMenu::weights(const QString& file) {
    ListenSource source;
    source.kind = ListenSource::Kind::Model;
    source.model.weights = file.toStdString();
    source.title = QFileInfo(file).fileName();
    source.detail = tr("weights file");
    return source;
}

ListenSource SourceMenu::shelfModel(const ShelfModel& model) {
    ListenSource source;
    source.kind = ListenSource::Kind::Model;
    source.model.weights = model.file;
    source.title = QString::fromStdString(model.name);
    source.detail = QString::fromStdString(model.kind);
    return source;
}

QString SourceMenu::chooseWeights(QWidget* window) {
    return QFileDialog::getOpenFileName(window, tr("Weights"), {},
                                        tr("Weights (%1)").arg(QLatin1String(weightsPatterns)));
}

void SourceMenu::loadShelf() {
    bridge_.listening().listModels(
        bridge_.nextNumber(),
        bridge_.onGui<ModelShelf>(this, [this](const ModelShelf& shelf) { shelf_ = shelf.models; }));
}

namespace {

/// A title that is visible in every style; style sheets hide the text of QMenu::addSection().
void addTitle(QMenu& menu, const QString& title) {
    if (!menu.isEmpty())
        menu.addSeparator();
    QAction* action = menu.addAction(plainActionText(title));
    action->setEnabled(false);
    action->setFont(textFont(TextSize::Small, QFont::Bold));
}

} // namespace

void SourceMenu::fill(QMenu& menu, std::function<void(const ListenSource&)> choose) {
    menu.clear();
    const auto offer = [&](QMenu& into, const QString& text, const ListenSource& source) {
        connect(into.addAction(text), &QAction::triggered, this, [choose, source] { choose(source); });
    };
    for (const auto& [folder, checkpoints] : runs_) {
        addTitle(menu, QFileInfo(folder).fileName());
        for (const CheckpointInfo& info : checkpoints) {
            const ListenSource source = checkpoint(folder, info);
            QString text = source.title + QStringLiteral(", ") + tr("step %1").arg(info.step);
            for (const auto& [stem, score] : info.metrics) {
                if (score.cSdr)
                    text +=
                        tr(", %1 cSDR %2 dB").arg(QString::fromStdString(stem)).arg(*score.cSdr, 0, 'f', 2);
            }
            offer(menu, info.best ? tr("%1, best").arg(text) : text, source);
        }
        if (checkpoints.empty())
            menu.addAction(tr("no checkpoint yet"))->setEnabled(false);
    }
    const bool hasModels =
        std::ranges::any_of(shelf_, [](const ShelfModel& model) { return model.problem.empty(); });
    if (hasModels)
        addTitle(menu, tr("Model shelf"));
    for (const ShelfModel& model : shelf_) {
        if (model.problem.empty()) { // `headroom models` lists the others with their problems
            const ListenSource source = shelfModel(model);
            offer(menu, plainActionText(source.title + QStringLiteral(", ") + source.detail), source);
        }
    }
    addTitle(menu, tr("Other sources"));
    connect(menu.addAction(tr("Another run…")), &QAction::triggered, this,
            [this, choose] { chooseRun(choose); });
    connect(menu.addAction(tr("Weights file…")), &QAction::triggered, this, [this, choose] {
        const QString file = chooseWeights(window_);
        if (!file.isEmpty())
            choose(weights(file));
    });
    offer(menu, tr("Ground truth: the true stems"),
          {ListenSource::Kind::GroundTruth, {}, tr("Ground truth"), tr("the stems of the song")});
    offer(menu, tr("Mixture, unprocessed"),
          {ListenSource::Kind::Mixture, {}, tr("Mixture"), tr("without separation")});
    offer(menu, tr("None"), {});
}

void SourceMenu::chooseRun(const std::function<void(const ListenSource&)>& choose) {
    const QString folder = QFileDialog::getExistingDirectory(window_, tr("Run folder"));
    loadCheckpoints(folder, [this, folder, choose](const CheckpointList& list) {
        if (list.checkpoints.empty()) {
            QMessageBox::information(window_, tr("No checkpoint"), tr("%1 has no checkpoint.").arg(folder));
            return;
        }
        const auto best = std::ranges::find_if(list.checkpoints, &CheckpointInfo::best);
        choose(checkpoint(folder, best == list.checkpoints.end() ? list.checkpoints.front() : *best));
    });
}

} // namespace headroom::ui
