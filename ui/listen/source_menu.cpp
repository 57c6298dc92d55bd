#include "ui/listen/source_menu.h"

#include "ui/bridge/listen_bridge.h"

#include <QFileDialog>
#include <QFileInfo>
#include <QMessageBox>

#include <algorithm>

namespace headroom::ui {

void SourceMenu::look(const QString& runFolder, std::function<void(const CheckpointList&)> then) {
    if (runFolder.isEmpty())
        return;
    bridge_.listening().listCheckpoints(
        bridge_.nextNumber(), runFolder.toStdString(),
        bridge_.onGui<CheckpointList>(this, [this, runFolder, then](const CheckpointList& list) {
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

void SourceMenu::fill(QMenu& menu, std::function<void(const ListenSource&)> choose) {
    menu.clear();
    const auto offer = [&](QMenu& into, const QString& text, const ListenSource& source) {
        connect(into.addAction(text), &QAction::triggered, this, [choose, source] { choose(source); });
    };
    for (const auto& [folder, checkpoints] : runs_) {
        menu.addSection(QFileInfo(folder).fileName());
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
    menu.addSection(tr("Others"));
    connect(menu.addAction(tr("Another run…")), &QAction::triggered, this,
            [this, choose] { chooseRun(choose); });
    connect(menu.addAction(tr("Weights file…")), &QAction::triggered, this, [this, choose] {
        const QString file =
            QFileDialog::getOpenFileName(window_, tr("Weights"), {}, tr("Weights (*.safetensors)"));
        if (!file.isEmpty())
            choose(weights(file));
    });
    offer(menu, tr("Reference: the true stems"),
          {ListenSource::Kind::Reference, {}, tr("Reference"), tr("the song's own stems")});
    offer(menu, tr("Mixture, untouched"),
          {ListenSource::Kind::Mixture, {}, tr("Mixture"), tr("without separation")});
    offer(menu, tr("Nothing"), {});
}

void SourceMenu::chooseRun(const std::function<void(const ListenSource&)>& choose) {
    const QString folder = QFileDialog::getExistingDirectory(window_, tr("Run folder"));
    look(folder, [this, folder, choose](const CheckpointList& list) {
        if (list.checkpoints.empty()) {
            QMessageBox::information(window_, tr("No checkpoint"),
                                     tr("There is no checkpoint in %1.").arg(folder));
            return;
        }
        const auto best = std::ranges::find_if(list.checkpoints, &CheckpointInfo::best);
        choose(checkpoint(folder, best == list.checkpoints.end() ? list.checkpoints.front() : *best));
    });
}

} // namespace headroom::ui
