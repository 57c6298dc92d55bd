// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/training/run_status.h"

#include "core/support/bytes.h"
#include "ui/accessibility/announcer.h"
#include "ui/runs/run_model.h"
#include "ui/runs/run_text.h"
#include "ui/text/mark_text.h"
#include "ui/text/score_text.h"
#include "ui/widgets/overflow_row.h"
#include "ui/widgets/steady_label.h"

#include <QDir>
#include <QStatusBar>
#include <QStorageInfo>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <functional>
#include <utility>
#include <vector>

namespace headroom::ui {
namespace {

/// The folder, or its nearest parent that exists.
QString existingFolder(const QString& folder) {
    QDir dir(folder);
    while (!dir.exists() && dir.cdUp()) {
    }
    return dir.absolutePath();
}

double secondsSince(EventTime time) {
    return std::chrono::duration<double>(eventTimeNow() - time).count();
}

} // namespace

RunStatus::RunStatus(RunModel& run, QStatusBar& bar)
    : run_(run), fields_(new OverflowRow), state_(addField(tr("State"))), epoch_(addField(tr("Epoch"))),
      step_(addField(tr("Step"))), rate_(addField(tr("Speed"))), elapsed_(addField(tr("Elapsed"))),
      eta_(addField(tr("Time left"))), ranks_(addField(tr("Ranks"))), loss_(addField(tr("Loss"))),
      score_(addField(tr("Best score"))), saved_(addField(tr("Last save"))), disk_(addField(tr("Disk"))) {
    bar.addWidget(fields_, 1);
    constexpr int paceMs = 250;
    pace_.setSingleShot(true);
    pace_.setInterval(paceMs);
    connect(&pace_, &QTimer::timeout, this, &RunStatus::updateRun);
    connect(&run_, &RunModel::historyChanged, this, [this] {
        if (run_.reading())
            announced_ = run_.history().validations().size(); // do not announce old scores
        if (!pace_.isActive())
            pace_.start();
    });
    connect(&run_, &RunModel::historyReplaced, this, [this] {
        announced_ = run_.history().validations().size();
        update();
    });
    connect(&run_, &RunModel::stateChanged, this, &RunStatus::update);
    constexpr int clockMs = 10000;
    clock_.setInterval(clockMs);
    connect(&clock_, &QTimer::timeout, this, &RunStatus::update);
    clock_.start();
    update();
}

SteadyLabel* RunStatus::addField(const QString& name) {
    auto* field = new SteadyLabel;
    field->setAccessibleName(name);
    field->setToolTip(name);
    const int space = field->fontMetrics().averageCharWidth();
    field->setContentsMargins(space, 0, space, 0);
    fields_->addWidget(field);
    return field;
}

void RunStatus::set(SteadyLabel* field, const QString& text) {
    field->showText(text);
    field->setVisible(!text.isEmpty());
}

void RunStatus::update() {
    updateRun();
    updateDisk();
}

void RunStatus::announceScores() {
    const auto& validations = run_.history().validations();
    const bool isNew = validations.size() > announced_;
    announced_ = validations.size(); // decreases if a run resumes at an earlier step
    if (!isNew)
        return;
    const ValidationDone& done = validations.back().done;
    announce(*state_, tr("Epoch %1: %2").arg(done.epoch).arg(scoresText(done)));
}

void RunStatus::updateRun() {
    announceScores();
    const RunHistory& history = run_.history();
    set(state_, runStateText(run_));
    const bool started = history.started().has_value();
    const double epochs =
        started ? std::ceil(history.epochAt(static_cast<double>(history.started()->totalSteps))) : 0;
    const auto& last = history.lastStep();
    set(epoch_,
        started ? tr("Epoch %1 of %2")
                      .arg(last ? last->epoch
                                : static_cast<int>(history.epochAt(static_cast<double>(history.step()))) + 1)
                      .arg(epochs)
                : QString());
    set(step_, started ? tr("Step %1").arg(history.step()) : QString());
    const bool active = (run_.running() || !run_.writer().isEmpty()) && last;
    set(rate_, active ? tr("%1 it/s").arg(QString::number(history.stepsPerSecond(), 'f', 2)) : QString());
    set(elapsed_, started ? tr("Elapsed %1").arg(durationText(history.seconds())) : QString());
    set(eta_, active ? tr("ETA %1").arg(durationText(last->etaSeconds)) : QString());
    set(loss_, last ? tr("Loss %1").arg(QString::number(last->loss, 'f', 4)) : QString());

    updateRanks();

    QString score;
    if (const auto* best = history.best()) {
        for (const auto& [stem, scores] : best->done.stems) {
            const QString text = scoreText(scores, bestMetricOf(best->done));
            if (!text.isEmpty() && score.isEmpty())
                score = tr("%1 ↑ best, epoch %2").arg(text).arg(best->done.epoch);
        }
    }
    set(score_, score);
    set(saved_, history.lastSave() ? tr("Saved %1 ago").arg(durationText(secondsSince(*history.lastSave())))
                                   : QString());
}

/// Shows the rank with the fullest card, and the others in the tooltip.
void RunStatus::updateRanks() {
    const std::optional<RanksDone>& last = run_.history().lastRanks();
    if (!last || last->peakReserved.empty()) {
        set(ranks_, {});
        return;
    }
    std::vector<std::pair<std::int64_t, int>> ranks; // bytes, rank
    for (const std::int64_t bytes : last->peakReserved)
        ranks.emplace_back(bytes, static_cast<int>(ranks.size()));
    std::ranges::stable_sort(ranks, std::ranges::greater(), [](const auto& rank) { return rank.first; });
    const auto memory = [](const auto& rank) {
        return tr("rank %1: %2").arg(rank.second).arg(QString::fromStdString(formatBytes(rank.first)));
    };
    const auto count = static_cast<int>(ranks.size());
    set(ranks_,
        tr("%n ranks, %1, exchange %2 %", nullptr, count)
            .arg(memory(ranks.front()), QString::number(100 * run_.history().exchangeShare(), 'f', 1)));
    QStringList lines;
    lines << tr("Effective batch %1: batches of %2, %3 steps, %n ranks", nullptr, count)
                 .arg(last->batchSize * last->updateSteps)
                 .arg(last->batchSize)
                 .arg(last->updateSteps);
    for (const auto& rank : ranks)
        lines << memory(rank);
    lines << tr(
        "The exchange is the part of the time in which rank 0 sums gradients with the others or waits "
        "for them");
    ranks_->setToolTip(lines.join(QLatin1Char('\n')));
}

void RunStatus::updateDisk() {
    const QStorageInfo disk(existingFolder(run_.folder().isEmpty() ? run_.runsFolder() : run_.folder()));
    set(disk_, disk.isValid()
                   ? tr("Disk: %1 free").arg(QString::fromStdString(formatBytes(disk.bytesAvailable())))
                   : QString());
}

} // namespace headroom::ui
