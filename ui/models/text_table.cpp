#include "ui/models/text_table.h"

namespace headroom::ui {

QString TextTable::csv() const {
    QString text = header.join(QLatin1Char(',')) + QLatin1Char('\n');
    for (const QStringList& row : rows)
        text += row.join(QLatin1Char(',')) + QLatin1Char('\n');
    return text;
}

int TextTableModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(table_.rows.size());
}

int TextTableModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(table_.header.size());
}

QVariant TextTableModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || role != Qt::DisplayRole)
        return {};
    return table_.rows[static_cast<std::size_t>(index.row())][index.column()];
}

QVariant TextTableModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return QAbstractTableModel::headerData(section, orientation, role);
    return table_.header[section];
}

} // namespace headroom::ui
