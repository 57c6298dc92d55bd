#include "ui/models/setting_table.h"

#include "core/config/knob_table.h"
#include "core/config/knob_value.h"

#include <QFont>

#include <algorithm>

namespace headroom::ui {

void SettingTable::setRuns(std::vector<Run> runs) {
    beginResetModel();
    runs_ = std::move(runs);
    rows_.clear();
    for (const Knob& knob : knobTable()) {
        Row row{knob.key, {}};
        for (const Run& run : runs_)
            row.values.push_back(formatKnobValue(knob.get(run.config)));
        if (std::ranges::adjacent_find(row.values, std::not_equal_to{}) != row.values.end())
            rows_.push_back(std::move(row));
    }
    endResetModel();
}

int SettingTable::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(rows_.size());
}

int SettingTable::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(runs_.size()) + 1;
}

QVariant SettingTable::data(const QModelIndex& index, int role) const {
    const Row& row = rows_[static_cast<std::size_t>(index.row())];
    if (index.column() == 0)
        return role == Qt::DisplayRole ? QVariant(QString::fromStdString(row.key)) : QVariant();
    const std::string& value = row.values[static_cast<std::size_t>(index.column()) - 1];
    const bool differs = value != row.values.front();
    if (role == Qt::DisplayRole)
        return (differs ? QStringLiteral("◆ ") : QString()) + QString::fromStdString(value);
    if (role == Qt::FontRole && differs) {
        QFont bold;
        bold.setBold(true);
        return bold;
    }
    return {};
}

QVariant SettingTable::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return QAbstractTableModel::headerData(section, orientation, role);
    return section == 0 ? tr("Setting") : runs_[static_cast<std::size_t>(section) - 1].name;
}

QString SettingTable::text() const {
    QStringList lines;
    QStringList cells = {tr("Setting")};
    for (const Run& run : runs_)
        cells << run.name;
    lines << cells.join(QLatin1Char('\t'));
    for (const Row& row : rows_) {
        cells = QStringList(QString::fromStdString(row.key));
        for (const std::string& value : row.values)
            cells << QString::fromStdString(value);
        lines << cells.join(QLatin1Char('\t'));
    }
    return lines.join(QLatin1Char('\n'));
}

} // namespace headroom::ui
