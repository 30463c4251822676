<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.22.0" styleCategories="Symbology|Labeling|MapTips" labelsEnabled="1">
  <renderer-v2 type="categorizedSymbol" attr="rule" enableorderby="1" forceraster="0" symbollevels="0">
    <categories>
<!--each rule-->
      <category render="true" symbol="{{NUMBER}}" value="{{RULE}}" label="{{LABEL}}"/>
<!--end-->
    </categories>
    <symbols>
<!--each rule-->
      <symbol type="fill" name="{{NUMBER}}" alpha="1" clip_to_extent="1" force_rhr="0">
        <layer class="SimpleFill" enabled="1" locked="0" pass="0">
          <Option type="Map">
            <Option name="color" type="QString" value="{{COLOR}},110"/>
            <Option name="style" type="QString" value="solid"/>
            <Option name="outline_color" type="QString" value="{{COLOR}},255"/>
            <Option name="outline_style" type="QString" value="solid"/>
            <Option name="outline_width" type="QString" value="0.4"/>
            <Option name="outline_width_unit" type="QString" value="MM"/>
          </Option>
        </layer>
        <layer class="CentroidFill" enabled="1" locked="0" pass="0">
          <Option type="Map">
            <Option name="point_on_surface" type="QString" value="1"/>
            <Option name="point_on_all_parts" type="QString" value="0"/>
            <Option name="clip_points" type="QString" value="0"/>
          </Option>
          <symbol type="marker" name="@{{NUMBER}}@1" alpha="1" clip_to_extent="1" force_rhr="0">
            <layer class="SimpleMarker" enabled="1" locked="0" pass="0">
              <Option type="Map">
                <Option name="name" type="QString" value="circle"/>
                <Option name="color" type="QString" value="255,255,255,0"/>
                <Option name="outline_color" type="QString" value="{{COLOR}},255"/>
                <Option name="outline_style" type="QString" value="solid"/>
                <Option name="outline_width" type="QString" value="0.5"/>
                <Option name="outline_width_unit" type="QString" value="MM"/>
                <Option name="size" type="QString" value="3.6"/>
                <Option name="size_unit" type="QString" value="MM"/>
              </Option>
            </layer>
          </symbol>
        </layer>
      </symbol>
<!--end-->
    </symbols>
    <orderby>
      <orderByClause asc="0" nullsFirst="0">"area_m2"</orderByClause>
    </orderby>
  </renderer-v2>
  <labeling type="simple">
    <settings>
      <text-style fieldName="&quot;rule&quot; || ' · ' || &quot;number&quot; || '\n' || &quot;size&quot;" isExpression="1" fontSize="8" fontSizeUnit="Point" fontFamily="sans-serif" textColor="60,20,16,255">
        <text-buffer bufferDraw="1" bufferSize="0.8" bufferSizeUnits="MM" bufferColor="255,255,255,255"/>
      </text-style>
      <placement placement="0" dist="2.5" distUnits="MM" priority="8"/>
      <rendering scaleVisibility="1" scaleMin="1" scaleMax="10000" obstacle="0"/>
    </settings>
  </labeling>
  <mapTip>&lt;b>[% "rule" %] [% "title" %]&lt;/b>&lt;br>[% "units" %]&lt;br>[% "found" %]&lt;br>&lt;i>[% "action" %]&lt;/i></mapTip>
</qgis>
