// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/runs/runs_table.h"

#include "core/support/bytes.h"
#include "ui/theme/plain_text.h"

#include <QDateTime>
#include <QFileInfo>
#include <QLocale>

#include <algorithm>
#include <chrono>
#include <limits>

namespace headroom::ui {
namespace {

constexpr QChar none(u'–');

QString decibels(const std::optional<double>& value) {
    return value ? QString::number(*value, 'f', 2) : QString(none);
}

qint64 milliseconds(const RunSummary& run) {
    return run.startTime ? run.startTime->time_since_epoch().count() : 0;
}

QString startedByText(const std::string& by) {
    if (by == "window")
        return RunsTable::tr("studio");
    if (by == "command line")
        return RunsTable::tr("command line");
    return QString::fromStdString(by);
}

} // namespace

QString runName(const std::string& folder) {
    return QFileInfo(QString::fromStdString(folder)).fileName();
}

QString runStateText(const RunSummary& run) {
    if (!run.problem.empty())
        return RunsTable::tr("Cannot be read");
    switch (run.state) {
    case RunState::NotStarted:
        return RunsTable::tr("Not started");
    case RunState::Running:
        return RunsTable::tr("▶ Training, epoch %1").arg(run.epoch);
    case RunState::Finished:
        return RunsTable::tr("✓ Finished, epoch %1").arg(run.epoch);
    case RunState::Stopped:
        return RunsTable::tr("■ Stopped, epoch %1, step %2").arg(run.epoch).arg(run.step);
    case RunState::Failed:
        return RunsTable::tr("✕ Failed at step %1").arg(run.step);
    case RunState::Interrupted:
        return RunsTable::tr("▲ Interrupted at step %1").arg(run.step);
    }
    return {};
}

void RunsTable::setRuns(std::vector<RunSummary> runs) {
    if (std::ranges::equal(runs, runs_, {}, &RunSummary::folder, &RunSummary::folder))
        return updateRows(std::move(runs));
    beginResetModel();
    runs_ = std::move(runs);
    std::erase_if(ticked_, [this](const std::string& folder) { return find(folder) == nullptr; });
    endResetModel();
    Q_EMIT tickedChanged();
}

/// For the same runs: no model reset, which would lose selection and scroll position.
void RunsTable::updateRows(std::vector<RunSummary> runs) {
    for (int row = 0; row < rowCount(); ++row) {
        RunSummary& before = runs_[static_cast<std::size_t>(row)];
        RunSummary& after = runs[static_cast<std::size_t>(row)];
        if (before == after)
            continue;
        before = std::move(after);
        Q_EMIT dataChanged(index(row, 0), index(row, columns - 1));
    }
}

const RunSummary* RunsTable::find(const std::string& folder) const {
    const auto found = std::ranges::find(runs_, folder, &RunSummary::folder);
    return found == runs_.end() ? nullptr : &*found;
}

void RunsTable::tick(int row, bool on) {
    const std::string& folder = run(row).folder;
    const bool wasOn = std::ranges::find(ticked_, folder) != ticked_.end();
    if (wasOn == on)
        return;
    if (on)
        ticked_.push_back(folder);
    else
        std::erase(ticked_, folder);
    Q_EMIT dataChanged(index(row, Name), index(row, Name), {Qt::CheckStateRole});
    Q_EMIT tickedChanged();
}

int RunsTable::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(runs_.size());
}

int RunsTable::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(columns);
}

QString RunsTable::text(const RunSummary& run, int column) const {
    switch (column) {
    case Name:
        return runName(run.folder);
    case Started:
        return run.startTime ? QLocale().toString(QDateTime::fromMSecsSinceEpoch(milliseconds(run)),
                                                  QLocale::ShortFormat)
                             : QString(none);
    case State:
        return runStateText(run);
    case CSdr:
        return decibels(run.cSdr);
    case USdr:
        return decibels(run.uSdr);
    case Peak:
        return run.peakReserved > 0
                   ? QString::fromStdString(formatBytes(static_cast<std::uint64_t>(run.peakReserved)))
                   : QString(none);
    case Speed:
        return run.stepsPerSecond > 0 ? QString::number(run.stepsPerSecond, 'f', 2) : QString(none);
    case Device:
        return QString::fromStdString(run.device);
    case Version:
        return QString::fromStdString(run.version);
    case StartedBy:
        return startedByText(run.startedBy);
    default:
        return {};
    }
}

QVariant RunsTable::sortKey(const RunSummary& run, int column) {
    constexpr double worst = -std::numeric_limits<double>::max();
    switch (column) {
    case Started:
        return milliseconds(run);
    case CSdr:
        return run.cSdr.value_or(worst);
    case USdr:
        return run.uSdr.value_or(worst);
    case Peak:
        return static_cast<qlonglong>(run.peakReserved);
    case Speed:
        return run.stepsPerSecond;
    default:
        return {};
    }
}

QVariant RunsTable::data(const QModelIndex& index, int role) const {
    const RunSummary& run = this->run(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return text(run, index.column());
    case sortRole: {
        const QVariant key = sortKey(run, index.column());
        return key.isValid() ? key : text(run, index.column());
    }
    case Qt::ToolTipRole:
        return plainToolTip(QString::fromStdString(!run.problem.empty()   ? run.problem
                                                   : !run.failure.empty() ? run.failure
                                                                          : run.folder));
    case Qt::CheckStateRole:
        if (index.column() == Name)
            return std::ranges::find(ticked_, run.folder) != ticked_.end() ? Qt::Checked : Qt::Unchecked;
        return {};
    case Qt::TextAlignmentRole:
        return QVariant((index.column() >= CSdr && index.column() <= Speed ? Qt::AlignRight : Qt::AlignLeft) |
                        Qt::AlignVCenter);
    default:
        return {};
    }
}

bool RunsTable::setData(const QModelIndex& index, const QVariant& value, int role) {
    if (role != Qt::CheckStateRole || index.column() != Name)
        return false;
    tick(index.row(), value.toInt() == Qt::Checked);
    return true;
}

QVariant RunsTable::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return QAbstractTableModel::headerData(section, orientation, role);
    const QStringList titles = {tr("Run"),        tr("Started"),     tr("State"), tr("cSDR, dB ↑"),
                                tr("uSDR, dB ↑"), tr("Peak"),        tr("it/s"),  tr("Device"),
                                tr("Version"),    tr("Started from")};
    return titles.value(section);
}

Qt::ItemFlags RunsTable::flags(const QModelIndex& index) const {
    Qt::ItemFlags flags = QAbstractTableModel::flags(index);
    if (index.column() == Name)
        flags |= Qt::ItemIsUserCheckable;
    return flags;
}

} // namespace headroom::ui
