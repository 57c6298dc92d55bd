// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/data/song_table.h"

#include "core/config/option_table.h"
#include "ui/configuration/config_model.h"
#include "ui/theme/plain_text.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace headroom::ui {
namespace {

QString none() {
    return QStringLiteral("–");
}

const Option& excludeOption() {
    return *findOption("data.exclude");
}

double peakOf(const SongReport& song) {
    double peak = 0;
    for (const FileReport& file : song.files)
        peak = std::max(peak, file.peak);
    return peak;
}

/// Sample rate of the first readable file; 0 if there is none.
int rateOf(const SongReport& song) {
    const auto found =
        std::ranges::find_if(song.files, [](const FileReport& file) { return file.sampleRate > 0; });
    return found == song.files.end() ? 0 : found->sampleRate;
}

} // namespace

QString severityText(Severity severity) {
    switch (severity) {
    case Severity::Error:
        return SongTable::tr("✕ Error");
    case Severity::Warning:
        return SongTable::tr("▲ Warning");
    case Severity::Note:
        return SongTable::tr("i Note");
    }
    return {};
}

QString songTime(double seconds) {
    const auto milliseconds = std::llround(seconds * 1000);
    return QStringLiteral("%1:%2.%3")
        .arg(milliseconds / 60000)
        .arg(milliseconds / 1000 % 60, 2, 10, QLatin1Char('0'))
        .arg(milliseconds % 1000, 3, 10, QLatin1Char('0'));
}

QString peakText(double peak) {
    return peak > 0 ? QString::number(20 * std::log10(peak), 'f', 1) : SongTable::tr("silent");
}

SongTable::SongTable(ConfigModel& config, QObject* parent) : QAbstractTableModel(parent), config_(config) {
    exclude_ = config_.config().data.exclude;
    connect(&config_, &ConfigModel::changed, this, [this] {
        if (config_.config().data.exclude == exclude_)
            return; // another option changed, which happens many times per second during a drag
        exclude_ = config_.config().data.exclude;
        if (rowCount() > 0)
            Q_EMIT dataChanged(index(0, Song), index(rowCount() - 1, Song), {Qt::CheckStateRole});
        Q_EMIT usedChanged();
    });
}

void SongTable::setReadOnly(bool readOnly) {
    if (readOnly_ == readOnly)
        return;
    readOnly_ = readOnly;
    if (rowCount() > 0)
        Q_EMIT dataChanged(index(0, Song), index(rowCount() - 1, Song), {Qt::CheckStateRole});
}

void SongTable::setReport(DatasetReport report) {
    beginResetModel();
    report_ = std::move(report);
    endResetModel();
    Q_EMIT usedChanged();
}

std::vector<const DatasetProblem*> SongTable::problems(const SongReport& song) const {
    std::vector<const DatasetProblem*> found;
    for (const DatasetProblem& problem : report_.problems) {
        if (std::ranges::find(problem.songs, song.title()) != problem.songs.end())
            found.push_back(&problem);
    }
    return found;
}

bool SongTable::isUsed(const SongReport& song) const {
    const auto& exclude = config_.config().data.exclude;
    return song.split != "train" || std::ranges::find(exclude, song.name) == exclude.end();
}

void SongTable::setUsed(const SongReport& song, bool used) {
    if (readOnly_ || song.split != "train" || isUsed(song) == used)
        return;
    std::vector<std::string> exclude = config_.config().data.exclude;
    if (used)
        std::erase(exclude, song.name);
    else
        exclude.push_back(song.name);
    config_.set(excludeOption(), exclude);
}

int SongTable::excluded() const {
    return static_cast<int>(
        std::ranges::count_if(report_.songs, [this](const SongReport& song) { return !isUsed(song); }));
}

int SongTable::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(report_.songs.size());
}

int SongTable::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(columns);
}

QVariant SongTable::text(const SongReport& song, int column) const {
    switch (column) {
    case Song:
        return QString::fromStdString(song.name);
    case SongSplit:
        return QString::fromStdString(song.split);
    case Length:
        return songTime(song.seconds());
    case Rate:
        return rateOf(song) > 0 ? QString::number(rateOf(song) / 1000.0) : none();
    case Peak:
        return peakText(peakOf(song));
    case Residual:
        if (!song.residual)
            return none();
        return *song.residual <= -200 ? tr("exact") : QString::number(*song.residual, 'f', 1);
    case Finding: {
        const auto found = problems(song);
        if (found.empty())
            return tr("✓ clean");
        const QString first = severityText(found.front()->severity) + QStringLiteral(": ") +
                              QString::fromStdString(found.front()->text);
        return found.size() == 1 ? first : tr("%1, and %2 more").arg(first).arg(found.size() - 1);
    }
    default:
        return {};
    }
}

QVariant SongTable::sortKey(const SongReport& song, int column) const {
    switch (column) {
    case Length:
        return song.seconds();
    case Rate:
        return rateOf(song);
    case Peak:
        return peakOf(song);
    case Residual:
        return song.residual.value_or(-std::numeric_limits<double>::max());
    case Finding: { // by severity, then by number of findings
        const auto found = problems(song);
        const int worst = found.empty() ? -1 : static_cast<int>(found.front()->severity);
        return worst * 1000 + static_cast<int>(found.size());
    }
    default:
        return text(song, column);
    }
}

QVariant SongTable::data(const QModelIndex& index, int role) const {
    const SongReport& song = this->song(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return text(song, index.column());
    case sortRole:
        return sortKey(song, index.column());
    case Qt::CheckStateRole:
        if (readOnly_ || index.column() != Song || song.split != "train")
            return {};
        return isUsed(song) ? Qt::Checked : Qt::Unchecked;
    case Qt::ToolTipRole: {
        QStringList lines;
        for (const DatasetProblem* problem : problems(song))
            lines << severityText(problem->severity) + QStringLiteral(": ") +
                         QString::fromStdString(problem->text);
        return plainToolTip(lines.join(QLatin1Char('\n')));
    }
    case Qt::TextAlignmentRole:
        return QVariant(
            (index.column() >= Length && index.column() <= Residual ? Qt::AlignRight : Qt::AlignLeft) |
            Qt::AlignVCenter);
    default:
        return {};
    }
}

bool SongTable::setData(const QModelIndex& index, const QVariant& value, int role) {
    if (role != Qt::CheckStateRole || index.column() != Song)
        return false;
    setUsed(song(index.row()), value.toInt() == Qt::Checked);
    return true;
}

QVariant SongTable::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return QAbstractTableModel::headerData(section, orientation, role);
    const QStringList titles = {tr("Song"),       tr("Split"),        tr("Length"), tr("kHz"),
                                tr("Peak, dBFS"), tr("Residual, dB"), tr("Finding")};
    return titles.value(section);
}

Qt::ItemFlags SongTable::flags(const QModelIndex& index) const {
    Qt::ItemFlags flags = QAbstractTableModel::flags(index);
    if (!readOnly_ && index.column() == Song && song(index.row()).split == "train")
        flags |= Qt::ItemIsUserCheckable;
    return flags;
}

} // namespace headroom::ui
